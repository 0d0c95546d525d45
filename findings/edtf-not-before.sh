#!/usr/bin/env bash
# "Not before 1917" in words, made into EDTF by a library.
#
# One would guess: the library has a function for dates in English, reads "before" and "after", and therefore either
#   reads "not before 1917" as an interval that begins in 1917, or says that it cannot.
# What happens: the negation is passed over and the bound is turned round. "not before 1917" becomes /1917, the same
#   as "before 1917"; "no later than 1917" becomes 1917/, the same as "after 1917". A terminus post quem is stored as a
#   terminus ante quem, in well-formed EDTF that the library's own parser takes, and nothing marks it as a guess.
# Package: edtf 5.0.2 (PyPI). Seen on 2026-12-01.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  edtf==5.0.2 convertdate==2.5.1 pyparsing==3.3.3 python-dateutil==4.0.0

"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from edtf import parse_edtf, text_to_edtf

print("edtf", version("edtf"))
expected = {
    "before 1917": "/1917",
    "not before 1917": "/1917",
    "no earlier than 1917": "/1917",
    "not before 4 May 1938": "/1938-05-04",
    "after 1917": "1917/",
    "not after 1917": "1917/",
    "no later than 1917": "1917/",
}
seen = {words: text_to_edtf(words) for words in expected}
for words, text in seen.items():
    kind = type(parse_edtf(text)).__name__ if text else "nothing"
    print(f"  {words:24} {text}  {kind}")
if seen != expected:
    raise SystemExit("changed: this is no longer what the library makes of these words")
print("as described: “not before” gives the bound of “before”, “no later than” that of “after”")
PYTHON
