"""Telling people: one inbox row a person and event, and one mail behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db import transaction

from portal.core import bulk, clock, outbox
from portal.core.actor import Actor
from portal.core.models import OutboxMessage
from portal.notices.models import Notice


class Named(Protocol):
    """Anything with a name in each language; notices know no reference data."""

    name_zh: Any
    name_en: Any


@transaction.atomic
def notify(
    user_ids: Iterable[int],
    *,
    party_id: int | None,
    event: str,
    key: str,
    sentence: str,
    params: dict[str, Any],
    url: str,
) -> None:
    """Tell each person once. `sentence` is a source string with %-placeholders for `params`."""
    now = clock.now()
    for user_id in user_ids:
        notice, is_new = Notice.objects.get_or_create(
            user_id=user_id,
            key=key,
            defaults={
                "party_id": party_id,
                "event": event,
                "sentence": sentence,
                "params": params,
                "url": url,
                "created_at": now,
            },
        )
        if is_new:
            outbox.put_many([_mail_of(notice)])


@transaction.atomic
def notify_many(notices: Sequence[Notice]) -> None:
    """Tell many people at once, each of something they were not told before."""
    bulk.number(notices)
    bulk.insert(notices)
    outbox.put_new([_mail_of(notice) for notice in notices])


def _mail_of(notice: Notice) -> OutboxMessage:
    return outbox.message(
        "portal.notices.tasks.send_mail",
        key=f"notice-mail:{notice.pk}",
        payload={"notice_id": notice.pk},
        at=notice.created_at,
    )


def in_both(row: Named) -> dict[str, str]:
    """The name of reference data, for `params`: each reader reads their own language's."""
    return {"zh": row.name_zh, "en": row.name_en}


def read_notice(actor: Actor, *, notice: Notice) -> None:
    """Mark one's own notice as read."""
    Notice.objects.visible_to(actor).unread().filter(pk=notice.pk).update(read_at=clock.now())


def read_all_notices(actor: Actor) -> int:
    """Mark everything in one's own inbox as read; how many were."""
    return Notice.objects.visible_to(actor).unread().update(read_at=clock.now())
