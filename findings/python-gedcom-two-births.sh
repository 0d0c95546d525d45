#!/usr/bin/env bash
# A person of whom two sources tell two births, read from a GEDCOM file.
#
# One would guess: GEDCOM 5.5.1 has what conflicts stand in events of their own, each with its sources, the preferred
#   one first; so a reader returns the first birth, as this one returns the first name.
# What happens: get_birth_data() goes through all births and keeps whatever it met last of each field. The date is that
#   of the second birth, the place that of the first, which the second does not mention, and both sources are cited for
#   the pair: a birth that neither source tells. get_name() meanwhile returns the first of two names.
# Package: python-gedcom 1.1.0 (PyPI). ged4py 0.5.5 (PyPI) reads the same file as one would guess. Seen on 2026-12-01.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-gedcom==1.1.0 ged4py==0.5.5

cat >"$work/two.ged" <<'GEDCOM'
0 HEAD
1 SOUR EXAMPLE
1 SUBM @U1@
1 GEDC
2 VERS 5.5.1
2 FORM LINEAGE-LINKED
1 CHAR UTF-8
0 @U1@ SUBM
1 NAME Example
0 @S1@ SOUR
1 TITL Parish register
0 @S2@ SOUR
1 TITL Questionnaire
0 @I1@ INDI
1 NAME Ivan /Petrov/
1 NAME Johann /Peters/
1 BIRT
2 DATE 12 FEB 1901
2 PLAC Kiev
2 SOUR @S1@
1 BIRT
2 DATE 3 MAR 1899
2 SOUR @S2@
0 TRLR
GEDCOM

"$work/venv/bin/python" - "$work/two.ged" <<'PYTHON'
import sys
from importlib.metadata import version

from ged4py import GedcomReader
from gedcom.element.individual import IndividualElement
from gedcom.parser import Parser

parser = Parser()
parser.parse_file(sys.argv[1])
(person,) = [one for one in parser.get_root_child_elements() if isinstance(one, IndividualElement)]
print("python-gedcom", version("python-gedcom"))
print("  name ", person.get_name())
print("  birth", person.get_birth_data(), person.get_birth_year())
with GedcomReader(sys.argv[1]) as reader:
    (record,) = reader.records0("INDI")
    first = (str(record.sub_tag_value("BIRT/DATE")), record.sub_tag_value("BIRT/PLAC"))
print("ged4py", version("ged4py"))
print("  birth", first)
if (
    person.get_name() != ("Ivan", "Petrov")
    or person.get_birth_data() != ("3 MAR 1899", "Kiev", ["@S1@", "@S2@"])
    or person.get_birth_year() != 1899
    or first != ("12 FEB 1901", "Kiev")
):
    raise SystemExit("changed: this is no longer how two births are read")
print("as described: the date of one birth with the place of the other, and the sources of both")
PYTHON
