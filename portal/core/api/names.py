"""What a value's fields are called in the body they came in: the value holds `service_ids`, the
body says `services`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rest_framework import serializers

from portal.core.api.fields import IdsField


def sent_names_of(context: Mapping[str, Any]) -> Mapping[str, str]:
    """Of the request that an error came from: value's name → the body's."""
    view, request = context.get("view"), context.get("request")
    verb = getattr(view, "action", None) or (request.method.lower() if request else "")
    body = getattr(getattr(view, verb or "", None), "body_serializer", None)
    return sent_names(body) if isinstance(body, type) else {}


@cache
def sent_names(serializer: type[serializers.Serializer[Any]]) -> Mapping[str, str]:
    """By each field's `source`; rows that are named by their keys; and what the serializer says
    itself as `value_names`, where a service takes something else."""
    fields = serializer().fields
    said = dict(getattr(serializer, "value_names", {}))
    for name, field in fields.items():
        for value in _values_of(name, field):
            if value not in fields:
                said.setdefault(value, name)
    return said


def _values_of(name: str, field: Any) -> Iterator[str]:
    if field.source not in {None, name, "*"}:
        yield str(field.source).replace(".", "_")
    if isinstance(field, IdsField):
        yield f"{_singular(name)}_ids"
    if isinstance(field, serializers.PrimaryKeyRelatedField):
        yield f"{name}_id"


def _singular(name: str) -> str:
    return f"{name[:-3]}y" if name.endswith("ies") else name.removesuffix("s")
