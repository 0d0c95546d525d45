"""Reads statements with `followthemoney`, makes their keys and their entities anew, and prints, a statement a line, its
data set, schema, property and value."""
import sys
from collections import defaultdict

from followthemoney import model
from followthemoney.dataset import Dataset
from followthemoney.dataset.util import dataset_name_check
from followthemoney.statement.entity import StatementEntity
from followthemoney.statement.serialize import read_json_statements
from followthemoney.statement.statement import Statement
from followthemoney.types import registry

entities = defaultdict(list)
for statement in read_json_statements(sys.stdin.buffer):
    assert statement.id == statement.generate_key(), statement
    assert statement.id == Statement.make_key(
        statement.dataset, statement.entity_id, statement.prop, statement.value, False
    )
    dataset_name_check(statement.dataset)
    statement.to_db_row()
    assert registry.entity.clean(statement.entity_id) == statement.entity_id, statement
    if statement.prop != Statement.BASE:
        kind = model.get(statement.schema).get(statement.prop).type
        assert kind.clean(statement.value) == statement.value, (statement, kind.clean(statement.value))
    entities[statement.dataset, statement.entity_id].append(statement)
    print(statement.dataset, statement.schema, statement.prop, statement.value, sep="\t")
for (dataset, entity_id), statements in entities.items():
    given = sorted(statement.id for statement in statements)
    entity = StatementEntity.from_statements(Dataset({"name": dataset, "title": dataset}), statements)
    assert entity.id == entity_id
    assert sorted(statement.id for statement in entity.statements) == given, entity_id
