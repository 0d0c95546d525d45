#!/usr/bin/env bash
# A year or a month of the Julian calendar, matched with a day in it by the dates of Gramps.
#
# One would guess: 1917 of the Julian calendar holds 25 October 1917 of that calendar, just as 1917 of today's holds
#   7 November 1917; its days, in today's calendar, are those from 14 January 1917 to 13 January 1918.
# What happens: to be compared, a Julian date is made a Gregorian one first, and a year or month alone becomes the first
#   day of it. 1917 (Julian) is then 14 January 1917 and nothing else, October 1917 (Julian) only 14 October; neither
#   matches the 25th, both lie wholly before it, and so does "between 1916 and 1917 (Julian)". A year of today's
#   calendar keeps all its days, and what is shown, 1917 (Julian), does not tell the difference.
# Package: gramps 5.1.5-1 (Debian 12). Seen on 2026-12-01; 6.0.8 (PyPI) answers the same.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Unpacked, not installed: gramps, and what its dates are read with. The lists of packages must be there (apt-get update).
(
  cd "$work"
  apt-get download --quiet=2 gramps=5.1.5-1 python3-gi=3.42.2-3+b1 gir1.2-glib-2.0=1.74.0-3 \
    libgirepository-1.0-1=1.74.0-3
  for package in ./*.deb; do dpkg-deb --extract "$package" tree; done
  for package in ./gramps_*.deb; do dpkg-deb --show "$package"; done
)
libraries=("$work"/tree/usr/lib/*-linux-gnu)
# The interpreter that Debian's packages are made for, whichever else comes first in PATH, without its own packages.
python=$(dpkg -L python3-minimal | sed -n '/\/bin\/python3$/p')

export HOME=$work GRAMPSHOME=$work LC_ALL=C.UTF-8 LANGUAGE=en PYTHONPATH=$work/tree/usr/lib/python3/dist-packages
export LD_LIBRARY_PATH=${libraries[0]} GI_TYPELIB_PATH=${libraries[0]}/girepository-1.0
export GRAMPS_RESOURCES=$work/tree/usr/share
"$python" -S - <<'PYTHON'
from gramps.gen.datehandler import displayer, parser


def span(words):
    return tuple("-".join(f"{part:02}" for part in day) for day in parser.parse(words).get_start_stop_range())


expected = {
    ("1917", "7 Nov 1917"): (("1917-01-01", "1917-12-31"), True, False),
    ("Oct 1917", "25 Oct 1917"): (("1917-10-01", "1917-10-31"), True, False),
    ("1917 (Julian)", "25 Oct 1917 (Julian)"): (("1917-01-14", "1917-01-14"), False, True),
    ("Oct 1917 (Julian)", "25 Oct 1917 (Julian)"): (("1917-10-14", "1917-10-14"), False, True),
    ("between 1916 and 1917 (Julian)", "25 Oct 1917 (Julian)"): (("1916-01-14", "1917-01-14"), False, True),
}
seen = {}
for whole, day in expected:
    first, second = parser.parse(whole), parser.parse(day)
    assert first.is_valid() and second.is_valid()
    seen[whole, day] = (span(whole), first.match(second), first.match(second, comparison="<<"))
    days, matches, before = seen[whole, day]
    print(f"  {displayer.display(first)}: {' to '.join(days)}")
    print(f"    matches {displayer.display(second)}: {matches}; wholly before it: {before}")
if seen != expected:
    raise SystemExit("changed: this is no longer how Julian years and months match")
print("as described: a Julian year or month is its first day when it is compared")
PYTHON
