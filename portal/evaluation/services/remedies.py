"""The register of courses and tasks that lift an indicator: the parts above fill it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.evaluation.models import Remedy, RemedyKind


@transaction.atomic
def register_remedy(
    actor: Actor,
    *,
    origin: str,
    indicators: Sequence[str],
    kind: RemedyKind,
    title_zh: str,
    title_en: str,
    url: str,
    is_open: bool = True,
) -> list[Remedy]:
    """Say that a course or task (`origin`: its row, once an indicator) lifts these indicators; said
    again it takes the new words, and indicators no longer named are closed."""
    said = {"kind": kind, "title_zh": title_zh, "title_en": title_en, "url": url}
    rows = [
        Remedy.objects.update_or_create(
            indicator=indicator, origin=origin, defaults=said | {"is_open": is_open}
        )[0]
        for indicator in indicators
    ]
    Remedy.objects.filter(origin=origin).exclude(indicator__in=indicators).update(is_open=False)
    for row in rows:
        audit.record(actor, "register_remedy", row, after=said | {"is_open": is_open})
    return rows


@transaction.atomic
def bring_remedies(actor: Actor, *, remedies: Sequence[Remedy]) -> None:
    """Of origins that were not registered before: for what comes in bulk."""
    rows = list(remedies)
    bulk.number(rows)
    bulk.insert(rows)
    now = clock.now()
    audit.record_many(
        [
            audit.entry(actor, "register_remedy", row, at=now, after={"title_zh": row.title_zh})
            for row in rows
        ]
    )


@transaction.atomic
def close_remedies(actor: Actor, *, origin: str) -> int:
    """It is offered no more."""
    rows = Remedy.objects.filter(origin=origin, is_open=True)
    for row in rows:
        audit.record(actor, "close_remedy", row)
    return rows.update(is_open=False)
