"""What machines are told of office hours: the party that booked, never the link or the notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.webhooks.catalogue import register_event
from training.advice.models import Booking


def booking_data(booking: Booking, told: int) -> dict[str, Any]:
    return {
        "booking": str(booking.pk),
        "adviser": booking.slot.adviser_id,
        "starts_at": booking.slot.starts_at.isoformat(),
        "ends_at": booking.slot.ends_at.isoformat(),
        "status": booking.status,
        "cancelled_by": booking.cancelled_by,
        "absent": booking.absent,
        "reason": booking.reason,
    }


def the_party(booking: Booking) -> Iterator[int]:
    yield booking.party_id


EXAMPLE = {
    "booking": "6f0c2f6e-6f5e-4d3e-9a57-3b8a4f2f9b11",
    "adviser": 3,
    "starts_at": "2026-06-11T02:00:00+00:00",
    "ends_at": "2026-06-11T02:45:00+00:00",
    "status": "booked",
    "cancelled_by": "",
    "absent": "",
    "reason": "",
}

for name, title, verbs in (
    ("advice.booked", _("An office hour was booked"), ("book_slot",)),
    ("advice.cancelled", _("An office hour was cancelled"), ("cancel_booking",)),
    (
        "advice.ended",
        _("An office hour took place, or somebody did not come"),
        ("hold_booking", "miss_booking"),
    ),
    ("advice.noted", _("Notes of an office hour were shared"), ("note_booking",)),
):
    register_event(
        name,
        title,
        of="advice.booking",
        verbs=verbs,
        parties=the_party,
        data=booking_data,
        example=EXAMPLE,
    )
