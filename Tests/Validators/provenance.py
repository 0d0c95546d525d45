"""Reads PROV-JSON with `prov`, writes and reads it again, and prints its records in PROV-N, one a line."""
import sys

from prov.model import ProvDocument

text = sys.stdin.read()
document = ProvDocument.deserialize(content=text, format="json")
again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
assert document == again, "it is another document when it is written again"
for record in document.records:
    for _, name in record.formal_attributes:
        assert not hasattr(name, "namespace") or name.namespace.uri.startswith("urn:dossier"), name
    print(record.get_provn())
