#!/usr/bin/env bash
# Russian names with ё, romanised by the schemes of libraries and map makers.
#
# One would guess: a romanisation is written in Latin letters, and "Pëtr", as ALA-LC, BGN/PCGN and the scholarly
#   transliteration want it, has the Latin ë (U+00EB).
# What happens: in eight of the 28 schemes ё comes out as the Cyrillic letter it was (U+0451), amid Latin ones. It looks
#   the same, yet no search for the Latin spelling finds it, taking its dots off leaves a Cyrillic е (U+0435) and not
#   "Petr", and it is another name than the one that ISO 9 of 1954 and 1968 make, in the same package, with a Latin ë.
# Package: iuliia 0.13.0 (PyPI). Seen on 2026-12-01.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check iuliia==0.13.0

"$work/venv/bin/python" - <<'PYTHON'
import unicodedata
from importlib.metadata import version

import iuliia

name = "Пётр"
schemes = sorted(one for one in dir(iuliia) if one.isupper() and hasattr(getattr(iuliia, one), "translate"))
romanised = {scheme: getattr(iuliia, scheme).translate(name) for scheme in schemes}
cyrillic = [scheme for scheme, text in romanised.items() if "\u0451" in text]
latin = [scheme for scheme, text in romanised.items() if "\u00eb" in text]

print("iuliia", version("iuliia"), "with", len(schemes), "schemes")
for scheme in cyrillic + latin:
    text = romanised[scheme]
    folded = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    print(f"  {scheme:14} {text}  {unicodedata.name(text[1]):26} without its dots {ascii(folded)}")
if (
    len(schemes) != 28
    or cyrillic
    != ["ALA_LC", "BGN_PCGN", "BGN_PCGN_ALT", "BS_2979", "GOST_16876", "GOST_779", "SCIENTIFIC", "UNGEGN_1987"]
    or latin != ["ISO_9_1954", "ISO_9_1968", "ISO_9_1968_ALT"]
    or romanised["ALA_LC"] == romanised["ISO_9_1968"]
):
    raise SystemExit("changed: this is no longer which schemes write which letter")
print("as described: eight schemes leave a Cyrillic letter in a Latin name")
PYTHON
