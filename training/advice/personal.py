"""What the advisory group and the handbook hold of a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from portal.core.actor import system_actor
from portal.parties.holdings import register_holding
from portal.parties.models import Party, User
from training.advice.models import Adviser, Booking, ReadMark
from training.advice.services import release_adviser

GONE = "—"


def tell_advice(person: User) -> dict[str, list[dict[str, Any]]]:
    booked = Booking.objects.filter(booked_by=person).order_by("booked_at")
    own = Adviser.objects.filter(user=person)
    read = ReadMark.objects.filter(user=person).order_by("at")
    return {
        "booked": _rows(booked.values("slot__starts_at", "question", "status", "rating_note")),
        "adviser": _rows(own.values("name", "title_zh", "bio_zh", "topics")),
        "read": _rows(read.values("chapter__code", "number", "at")),
    }


def _rows(rows: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]


def forget_advice(person: User, own: Sequence[Party]) -> None:
    """A firm's question stays the firm's; that an adviser advised stays, without a name."""
    natural = [party.pk for party in own if party.is_natural_person]
    mine = Booking.objects.filter(party__in=natural)
    mine.update(question=GONE)
    mine.exclude(noted_at=None).update(notes=GONE)
    (mine | Booking.objects.filter(booked_by=person)).update(rating_note="")
    ReadMark.objects.filter(user=person).delete()
    gone = dict.fromkeys(("name", "title_zh", "title_en", "bio_zh", "bio_en"), GONE)
    for adviser in Adviser.objects.advising().filter(user=person):
        why = gettext("The adviser has left the group.")
        release_adviser(system_actor("task"), adviser=adviser, why=why)
    Adviser.objects.filter(user=person).update(user=None, **gone)


register_holding("advice", tell_advice, forget_advice)
