"""Expands Web Annotations with PyLD and prints, an annotation a line, its motivation, its text and the words it is on."""
import json
import sys

from pyld import jsonld

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
# The terms of http://www.w3.org/ns/anno.jsonld that an annotation may use; the network is not asked.
CONTEXT = {
    "@context": {
        "oa": OA,
        "as": AS,
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        "Annotation": "oa:Annotation",
        "TextualBody": "oa:TextualBody",
        "SpecificResource": "oa:SpecificResource",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "Person": "foaf:Person",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        **{
            name: "oa:" + name
            for name in (
                "assessing bookmarking classifying commenting describing editing highlighting "
                "identifying linking moderating questioning replying tagging"
            ).split()
        },
        "body": {"@type": "@id", "@id": "oa:hasBody"},
        "target": {"@type": "@id", "@id": "oa:hasTarget"},
        "source": {"@type": "@id", "@id": "oa:hasSource"},
        "selector": {"@type": "@id", "@id": "oa:hasSelector"},
        "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
        "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
        "exact": "oa:exact",
        "value": "rdf:value",
        "format": "dc:format",
        "name": "foaf:name",
        "label": "rdfs:label",
        "creator": {"@type": "@id", "@id": "dcterms:creator"},
        "created": {"@type": "xsd:dateTime", "@id": "dcterms:created"},
        "modified": {"@type": "xsd:dateTime", "@id": "dcterms:modified"},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
        "first": {"@type": "@id", "@id": "as:first"},
        "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
        "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    }
}


def load(address, options):
    assert address == "http://www.w3.org/ns/anno.jsonld", address
    return {"contextUrl": None, "documentUrl": address, "document": CONTEXT}


expanded = jsonld.expand(json.load(sys.stdin), {"documentLoader": load})
[page] = expanded[0][AS + "first"]
for item in page[AS + "items"][0]["@list"]:
    assert item["@type"] == [OA + "Annotation"], item
    [motivation] = item[OA + "motivatedBy"]
    rdf_value = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    text = item[OA + "hasBody"][0][rdf_value][0]["@value"]
    exact = [
        selector[OA + "exact"][0]["@value"]
        for target in item[OA + "hasTarget"]
        for selector in target.get(OA + "hasSelector", [])
    ]
    print(motivation["@id"], text, *exact, sep="\t")
