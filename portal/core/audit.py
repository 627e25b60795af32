"""Writing the audit trail: one row in the transaction of the change it describes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.core.context import request_id
from portal.core.models import AuditEntry

Listener = Callable[[Actor, str, models.Model], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> Listener:
    """Have `listener` told of each change as it is written down, in the change's transaction. For
    what passes changes on to machines; rules and services never act on it."""
    _listeners.append(listener)
    return listener


def record(
    actor: Actor,
    verb: str,
    obj: models.Model,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    """Append who did `verb` to `obj`. `before` and `after` hold plain values, never secrets."""
    entry(actor, verb, obj, at=clock.now(), before=before, after=after, why=why).save()
    tell(actor, verb, obj)


def tell(actor: Actor, verb: str, obj: models.Model) -> None:
    """For who writes the entry by a statement of their own."""
    for listener in _listeners:
        listener(actor, verb, obj)


def record_many(entries: Sequence[AuditEntry]) -> None:
    """Append the rows of a change made in bulk, in their order."""
    bulk.insert(entries)


def entry(
    actor: Actor,
    verb: str,
    obj: models.Model,
    *,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> AuditEntry:
    """A row that is not yet written."""
    return AuditEntry(
        at=at,
        user_id=actor.user_id,
        party_id=actor.party_id,
        role=actor.role,
        via=actor.via,
        key_party_id=actor.key_party_id,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        before=_plain(before),
        after=_plain(after),
        why=why,
        request_id=request_id.get(),
    )


def trail(obj: models.Model) -> models.QuerySet[AuditEntry]:
    """Everything that happened to `obj`, oldest first: by its time, since what a bulk service or
    an import writes later may have happened before."""
    return AuditEntry.objects.filter(
        object_type=obj._meta.label_lower, object_id=str(obj.pk)
    ).order_by("at", "id")


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    encoder = DjangoJSONEncoder()
    return {
        key: value
        if value is None or isinstance(value, str | int | bool | list | dict)
        else encoder.default(value)
        for key, value in (values or {}).items()
    }
