"""Office hours of advisers: those to come, those nobody has said anything of, those to rate."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import Actor
from portal.pages.todos import SOON, Todo, Waiting, dated
from training.advice.models import Booking
from training.advice.selectors import waiting_bookings
from training.advice.states import BookingStatus

FIELDS = (*("status", "party__name", "slot__starts_at", "slot__ends_at", "slot__adviser__name"),)


def advice_todos(actor: Actor) -> Iterator[Waiting]:
    if actor.user is not None:
        now = clock.now()
        rows = waiting_bookings(actor, now + SOON)
        yield Waiting(rows, lambda booking: _booking(actor, booking), FIELDS)


def _booking(actor: Actor, booking: Booking) -> Todo:
    is_own = actor.speaks_for(booking.party_id)
    other = booking.slot.adviser.name if is_own else booking.party.name
    if booking.status == BookingStatus.DONE:
        title = _("How was the hour with %(name)s?") % {"name": other}
        return Todo(title, _("One minute of feedback."), booking.get_absolute_url(), _("Tell"))
    if booking.slot.ends_at <= clock.now():
        return _dated(booking, _("Did the office hour take place?"), other, _("Say so"))
    at = f"{booking.slot.starts_at.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
    return _dated(booking, _("An office hour at %(at)s") % {"at": at}, other, _("Look"))


def _dated(booking: Booking, title: str, detail: str, verb: str) -> Todo:
    url = booking.get_absolute_url()
    return dated(booking.slot.day, title=title, detail=detail, url=url, verb=verb)
