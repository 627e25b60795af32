"""What operators announce, and banners that somebody puts away."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.notices import rules
from portal.notices.fields import AnnouncementFields
from portal.notices.models import Announcement, AnnouncementDismissal
from portal.notices.selectors import forget_banners


@transaction.atomic
def publish_announcement(actor: Actor, *, fields: AnnouncementFields) -> Announcement:
    """Tell it from its moment on; one that lies ahead waits unseen."""
    rules.can_announce(actor).require()
    rules.announcement_is_sound(fields).require()
    values = _values(fields)
    row = Announcement.objects.create(**values, created_by=actor.user, created_at=clock.now())
    audit.record(actor, "publish_announcement", row, after=_facts(row))
    transaction.on_commit(forget_banners)
    return row


@transaction.atomic
def change_announcement(
    actor: Actor, *, announcement: Announcement, fields: AnnouncementFields
) -> Announcement:
    """Whoever has put it away stays undisturbed."""
    row = Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
    rules.can_announce(actor).require()
    rules.announcement_is_sound(fields).require()
    before = _facts(row)
    for name, value in _values(fields).items():
        setattr(row, name, value)
    row.save()
    audit.record(actor, "change_announcement", row, before=before, after=_facts(row))
    transaction.on_commit(forget_banners)
    return row


@transaction.atomic
def end_announcement(actor: Actor, *, announcement: Announcement) -> Announcement:
    """Take the banner down now. One that has not begun never shows."""
    row = Announcement.objects.select_for_update(no_key=True).get(pk=announcement.pk)
    rules.can_end_announcement(actor, row).require()
    before, now = _facts(row), clock.now()
    row.ends_at = max(now, row.starts_at)
    row.save(update_fields=["ends_at"])
    audit.record(actor, "end_announcement", row, before=before, after=_facts(row))
    transaction.on_commit(forget_banners)
    return row


def dismiss_announcement(actor: Actor, *, announcement: Announcement) -> None:
    """Put the banner away for this person; safe to repeat. It stays in the history."""
    rules.can_dismiss_announcement(actor).require()
    AnnouncementDismissal.objects.bulk_create(
        [AnnouncementDismissal(announcement=announcement, user=actor.user, at=clock.now())],
        ignore_conflicts=True,
    )


def _values(fields: AnnouncementFields) -> dict[str, Any]:
    return {
        "title_zh": fields.title_zh.strip(),
        "title_en": fields.title_en.strip(),
        "text_zh": fields.text_zh.strip(),
        "text_en": fields.text_en.strip(),
        "weight": fields.weight,
        "audience": sorted(fields.audience),
        "starts_at": fields.starts_at,
        "ends_at": fields.ends_at,
        "url": fields.url.strip(),
    }


def _facts(row: Announcement) -> dict[str, object]:
    return {
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "text_zh": row.text_zh,
        "text_en": row.text_en,
        "weight": row.weight,
        "audience": row.audience,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat(),
        "url": row.url,
    }
