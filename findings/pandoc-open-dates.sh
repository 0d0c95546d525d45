#!/usr/bin/env bash
# Open and unspecified dates of a biblatex bibliography, made into CSL-JSON by pandoc.
#
# One would guess: pandoc reads the dates that biblatex's manual allows, for it reads 1954~ and 1954/1956; and where CSL
#   has no room for a date it keeps its text as a literal, or warns.
# What happens: it knows the digits that a draft of EDTF left open with u, not the X of the standard that came of it,
#   nor the two dots. Of 1954/.., ../1954, 195X and 1954-XX nothing is left: the item comes without any date, as if the
#   book had none. The draft's 195u still becomes the range 1950 to 1959, and 1954-uu the range from month 0 to month 99
#   of 1954. No warning is printed, and --fail-if-warnings succeeds.
# Package: pypandoc_binary 1.17 (PyPI), which brings pandoc 3.9. Seen on 2026-12-01.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pypandoc_binary==1.17

"$work/venv/bin/python" - <<'PYTHON'
import json
import subprocess
from importlib.metadata import version

import pypandoc

pandoc = pypandoc.get_pandoc_path()
print("pypandoc_binary", version("pypandoc_binary"), "with pandoc", pypandoc.get_pandoc_version())
expected = {
    "1954~": {"circa": True, "date-parts": [[1954]]},
    "1954/1956": {"date-parts": [[1954], [1956]]},
    "1954/..": None,
    "../1954": None,
    "195X": None,
    "1954-XX": None,
    "195u": {"date-parts": [[1950], [1959]]},
    "1954-uu": {"date-parts": [[1954, 0], [1954, 99]]},
}
entries = "".join(
    f"@book{{k{number}, title = {{Memoirs}}, date = {{{date}}}}}\n" for number, date in enumerate(expected)
)
run = subprocess.run(
    [pandoc, "--from", "biblatex", "--to", "csljson", "--fail-if-warnings"],
    input=entries, capture_output=True, text=True,
)
items = {item["id"]: item for item in json.loads(run.stdout)}
seen = {date: items[f"k{number}"].get("issued") for number, date in enumerate(expected)}
for date, issued in seen.items():
    print(f"  {date:10} {json.dumps(issued) if issued else 'no date'}")
print(f"  status {run.returncode}, {len(run.stderr)} characters of warnings")
if seen != expected or run.returncode != 0 or run.stderr:
    raise SystemExit("changed: this is no longer what pandoc makes of these dates")
print("as described: dates of today's EDTF are lost in silence, those of the draft are not")
PYTHON
