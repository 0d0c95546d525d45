#!/usr/bin/env bash
# "In 1937", as Russian and Ukrainian write it, read as a date.
#
# One would guess: dateparser, told that a text is Russian, reads "12 мая 1937 года" and "в 1937 г."; so it reads the
#   same without the day, "в 1937 году" (in the year 1937), as 1937, or as nothing.
# What happens: a declined word for "year" after a number is taken for a span of years that have passed, so that "in
#   1937" is 1937 years ago: in December 2026 the year 89, and another one next year. "с 1937 года" (since) and "около
#   1937 года" (about) go the same way, and "1937 року" in Ukrainian; in running text search_dates() finds a man who
#   fled "в 1954 году" to have done so in the year 72. "1937 год", undeclined, is 1937.
# Package: dateparser 1.5.0 (PyPI). Seen on 2026-12-01.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0

"$work/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime
from importlib.metadata import version

import dateparser
from dateparser.search import search_dates

today = {"RELATIVE_BASE": datetime(2026, 12, 1)}
expected = {
    ("ru", "12 мая 1937 года"): 1937,
    ("ru", "в 1937 г."): 1937,
    ("ru", "1937 год"): 1937,
    ("ru", "в 1937 году"): 89,
    ("ru", "с 1937 года"): 89,
    ("ru", "около 1937 года"): 89,
    ("uk", "12 травня 1937"): 1937,
    ("uk", "1937 року"): 89,
}
print("dateparser", version("dateparser"))
seen = {}
for language, words in expected:
    date = dateparser.parse(words, languages=[language], settings=today)
    seen[language, words] = date.year if date else None
    print(f"  {language} {words:18} {seen[language, words]}")
text = "Он бежал в Вену в 1954 году и жил в США."
found = [date.year for _, date in search_dates(text, languages=["ru"], settings=today) or []]
print(f"  ru {text} {found}")
if seen != expected or found != [72]:
    raise SystemExit("changed: this is no longer how these years are read")
print("as described: a year with a declined word for “year” is taken for that many years ago")
PYTHON
