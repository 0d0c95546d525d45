"""Reads a log with both readers of `cloudevents` and prints, an event a line, its type, subject and position."""
import sys

from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from cloudevents.v1.http import from_json

for line in sys.stdin.buffer:
    event = JSONFormat().read(CloudEvent, line)
    older = from_json(line)
    assert event.get_data() == older.data and isinstance(older.data, dict)
    assert event.get_specversion() == older["specversion"] == "1.0"
    assert event.get_time().tzinfo is not None
    again = JSONFormat().read(CloudEvent, JSONFormat().write(event))
    assert again.get_attributes() == event.get_attributes() and again.get_data() == event.get_data()
    print(event.get_type(), event.get_subject(), event.get_extension("position"), sep="\t")
