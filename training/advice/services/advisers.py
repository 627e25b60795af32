"""Advisers and their hours: who joins and leaves, single hours and weekly series."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.core.workdays import working_days
from training.advice import rules
from training.advice.fields import AdviserFields, SlotFields
from training.advice.models import Adviser, Slot
from training.advice.services.bookings import cancel_with_slot, lock_slot

WRITTEN = ("name", "title_zh", "title_en", "bio_zh", "bio_en")
WEEK = timedelta(weeks=1)


@transaction.atomic
def add_adviser(actor: Actor, *, fields: AdviserFields) -> Adviser:
    rules.can_edit_adviser(actor, None).require()
    rules.adviser_is_sound(fields, None).require()
    adviser = Adviser(joined_at=clock.now())
    _write(adviser, fields)
    audit.record(actor, "add_adviser", adviser, after={"topics": adviser.topics})
    return adviser


@transaction.atomic
def edit_adviser(actor: Actor, *, adviser: Adviser, fields: AdviserFields) -> Adviser:
    adviser = _lock(adviser)
    rules.can_edit_adviser(actor, adviser).require()
    rules.adviser_is_sound(fields, adviser).require()
    before = {"topics": adviser.topics, "user": adviser.user_id, "party": adviser.party_id}
    _write(adviser, fields)
    after = {"topics": adviser.topics, "user": adviser.user_id, "party": adviser.party_id}
    audit.record(actor, "edit_adviser", adviser, before=before, after=after)
    return adviser


@transaction.atomic
def release_adviser(actor: Actor, *, adviser: Adviser, why: str) -> Adviser:
    """They leave the group: hours to come are withdrawn, and who booked one is told."""
    adviser = _lock(adviser)
    rules.can_edit_adviser(actor, adviser).require()
    flawless(rules.flaws_of_reason(why)).require()
    ahead = adviser.slots.standing().filter(starts_at__gt=clock.now())
    for slot in ahead.order_by("pk"):
        withdraw_slot(actor, slot=slot, why=why)
    adviser.left_at = clock.now()
    adviser.save(update_fields=["left_at"])
    audit.record(actor, "release_adviser", adviser, why=why.strip())
    return adviser


@transaction.atomic
def add_slots(actor: Actor, *, adviser: Adviser, fields: SlotFields) -> list[Slot]:
    """One hour or a weekly series; all of it, or nothing where an hour clashes with another."""
    adviser = _lock(adviser)  # two series of one adviser, one after the other
    rules.can_add_slots(actor, adviser).require()
    rules.slots_are_sound(fields).require()
    days = _days(fields)
    if not days:
        raise Refused(
            flawless([Flaw("starts_on", _("No working day among them; choose another day."))])
        )
    slots = _planned(adviser, fields, days)
    _require_free(adviser, slots)
    Slot.objects.bulk_create(slots)
    after = {"hours": len(slots), "first": slots[0].starts_at, "minutes": fields.minutes}
    audit.record(actor, "add_slots", adviser, after=after)
    return slots


@transaction.atomic
def withdraw_slot(actor: Actor, *, slot: Slot, why: str) -> Slot:
    """The hour does not take place; who booked it is told, with the reason."""
    slot = lock_slot(slot)
    rules.can_withdraw_slot(actor, slot).require()
    flawless(rules.flaws_of_reason(why)).require()
    slot.withdrawn_at, slot.why = clock.now(), why.strip()
    slot.save(update_fields=["withdrawn_at", "why"])
    audit.record(actor, "withdraw_slot", slot, why=slot.why)
    cancel_with_slot(actor, slot)
    return slot


def _lock(adviser: Adviser) -> Adviser:
    return Adviser.objects.select_for_update(no_key=True).get(pk=adviser.pk)


def _write(adviser: Adviser, fields: AdviserFields) -> None:
    given = asdict(fields)
    for name in WRITTEN:
        setattr(adviser, name, given[name].strip())
    adviser.topics, adviser.audience = list(fields.topics), list(fields.audience)
    adviser.user_id, adviser.party_id = fields.user_id, fields.party_id
    adviser.save()


def _days(fields: SlotFields) -> list[date]:
    days = [fields.starts_on + week * WEEK for week in range(fields.weeks)]
    if not fields.skips_holidays:
        return days
    worked = set(working_days(days[0], days[-1]))
    return [day for day in days if day in worked]


def _planned(adviser: Adviser, fields: SlotFields, days: Sequence[date]) -> list[Slot]:
    now, series = clock.now(), uuid.uuid4() if len(days) > 1 else None
    length = timedelta(minutes=fields.minutes)
    starts = [datetime.combine(day, fields.starts_at, clock.SHANGHAI) for day in days]
    return [
        Slot(
            adviser=adviser,
            starts_at=start,
            ends_at=start + length,
            place=fields.place.strip(),
            series=series,
            created_at=now,
        )
        for start in starts
    ]


def _require_free(adviser: Adviser, slots: Sequence[Slot]) -> None:
    near = adviser.slots.standing().filter(
        starts_at__lt=slots[-1].ends_at, ends_at__gt=slots[0].starts_at
    )
    others = list(near)
    for slot in slots:
        if any(o.starts_at < slot.ends_at and slot.starts_at < o.ends_at for o in others):
            sentence = _("%(name)s has another hour on %(day)s at that time.")
            raise Refused(conflict(sentence % {"name": adviser.name, "day": slot.day.isoformat()}))
