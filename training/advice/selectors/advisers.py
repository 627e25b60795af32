"""Advisers with their next free hours, a party's bookings, and an hour for calendars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Avg, Count, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core import clock
from portal.core.actor import Actor
from portal.core.calendars import Event
from portal.core.templatetags.ui import MISSING, num
from portal.parties.models import User
from training.advice import rules
from training.advice.fields import AdviserFields
from training.advice.models import (
    Adviser,
    AdviserQuerySet,
    Booking,
    BookingQuerySet,
    Slot,
    SlotQuerySet,
)
from training.advice.states import RATED_WITHIN, TAKEN, BookingStatus

MOST_NAMED = 3  # hours in a sentence
RECENT = timedelta(hours=1)  # an hour that has just begun still stands among the next ones
MOST_NEXT = 5
MOST_WAITING = 20
QUARTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Listed:
    """An adviser in the list. `refusal`: why none of their hours is for this party; "" if they
    are."""

    adviser: Adviser
    free: int
    next_at: datetime | None
    held: int
    rating: float | None


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    slots: list[Slot]


def advising_for(kind: str = "") -> AdviserQuerySet:
    """Who advises a kind of party now; without one, everybody who advises."""
    rows = Adviser.objects.advising().select_related("party")
    return rows.for_kind(kind) if kind else rows


def advisers_for(kind: str = "", topic: str = "") -> list[Listed]:
    """Who advises now: those with the next free hour first, without one last."""
    now = clock.now()
    free = Slot.objects.free(now).filter(adviser=OuterRef("pk"))
    held = Q(slots__bookings__status=BookingStatus.DONE)
    rows = advising_for(kind)
    if topic:
        rows = rows.on(topic)
    counts = free.order_by().values("adviser").annotate(n=Count("pk")).values("n")
    whole = rows.annotate(
        free=Subquery(counts),
        next_at=Subquery(free.values("starts_at")[:1]),
        held=Count("slots__bookings", filter=held),
        stars=Avg("slots__bookings__rating"),
    )
    listed = [Listed(row, row.free or 0, row.next_at, row.held, row.stars) for row in whole]
    far = datetime.max.replace(tzinfo=clock.SHANGHAI)
    return sorted(listed, key=lambda one: (one.next_at or far, one.adviser.pk))


def figures_of(adviser: Adviser) -> Listed:
    """One adviser as the list tells them."""
    free = Slot.objects.free(clock.now()).filter(adviser=adviser)
    first = free.first()
    bookings = Booking.objects.filter(slot__adviser=adviser)
    told = bookings.aggregate(
        held=Count("pk", filter=Q(status=BookingStatus.DONE)), stars=Avg("rating")
    )
    return Listed(
        adviser, free.count(), first.starts_at if first else None, told["held"], told["stars"]
    )


def free_slots(adviser: Adviser | None = None) -> SlotQuerySet:
    rows = Slot.objects.free(clock.now()).select_related("adviser")
    return rows.filter(adviser=adviser) if adviser else rows


def days_of(slots: Iterable[Slot]) -> list[Day]:
    return [Day(day, list(some)) for day, some in groupby(slots, key=lambda slot: slot.day)]


def hours_of(adviser: Adviser) -> SlotQuerySet:
    """Their hours from today on, booked or not."""
    day = datetime.combine(clock.today(), datetime.min.time(), clock.SHANGHAI)
    ahead = Slot.objects.standing().filter(adviser=adviser, starts_at__gte=day)
    taken = Booking.objects.filter(status__in=sorted(TAKEN)).select_related("party")
    named = ahead.prefetch_related(Prefetch("bookings", taken, to_attr="taken_by"))
    return named.order_by("starts_at", "pk")


def what_remains(actor: Actor, slot: Slot) -> str:
    """Said to who came too late: the adviser's other hours, else those of others who know the
    same."""
    others = list(free_slots(slot.adviser).exclude(pk=slot.pk)[:MOST_NAMED])
    if others:
        return _("Somebody was quicker. %(name)s is still free at %(hours)s.") % {
            "name": slot.adviser.name,
            "hours": _in_words(others),
        }
    alike = free_slots().filter(adviser__topics__overlap=slot.adviser.topics)
    if actor.party is not None:
        alike = alike.filter(
            Q(adviser__audience=[]) | Q(adviser__audience__contains=[actor.party.kind])
        )
    found = list(alike.exclude(adviser=slot.adviser)[:MOST_NAMED])
    if found:
        return _("Somebody was quicker. Others who know this are free: %(hours)s.") % {
            "hours": "；".join(f"{one.adviser.name} {_in_words([one])}" for one in found)
        }
    return _("Somebody was quicker, and no other hour is free at present.")


def _in_words(slots: Sequence[Slot]) -> str:
    return "、".join(f"{s.starts_at.astimezone(clock.SHANGHAI):%m-%d %H:%M}" for s in slots)


def bookings_of(actor: Actor) -> BookingQuerySet:
    """The acting party's own."""
    return Booking.objects.filter(party=actor.party_id).whole()


def next_bookings(actor: Actor) -> list[Booking]:
    """What is booked and not over, for the party and for the adviser a person is."""
    if actor.user is None:
        return []
    mine = Q(slot__adviser__user=actor.user, slot__adviser__left_at=None)
    if actor.party_id is not None:
        mine |= Q(party=actor.party_id)
    ahead = Booking.objects.booked().filter(mine, slot__ends_at__gt=clock.now() - RECENT)
    return list(ahead.whole().order_by("slot__starts_at")[:MOST_NEXT])


def figures_of_group() -> list[dict[str, Any]]:
    """For the operators' desk: hours to come, and how the last ninety days went."""
    now = clock.now()
    recent = Booking.objects.filter(slot__starts_at__gte=now - QUARTER, slot__starts_at__lte=now)
    told = recent.aggregate(
        held=Count("pk", filter=Q(status=BookingStatus.DONE)),
        missed=Count("pk", filter=Q(status=BookingStatus.MISSED)),
        cancelled=Count("pk", filter=Q(status=BookingStatus.CANCELLED)),
        stars=Avg("rating"),
        rated=Count("rating"),
    )
    ahead = Booking.objects.booked().filter(slot__starts_at__gt=now).count()
    kept = told["held"] + told["missed"]
    share = f"{100 * told['missed'] // kept}%" if kept else MISSING
    stars = MISSING if told["stars"] is None else f"{told['stars']:.1f}"
    return [
        {"label": _("Free hours"), "value": num(free_slots().count()), "note": _("next 60 days")},
        {"label": _("Booked ahead"), "value": num(ahead)},
        {"label": _("Hours held"), "value": num(told["held"]), "note": _("last 90 days")},
        {"label": _("Somebody did not come"), "value": share, "note": _("of hours not cancelled")},
        {
            "label": _("Stars on average"),
            "value": stars,
            "note": ngettext("%(n)s rating", "%(n)s ratings", told["rated"]) % {"n": told["rated"]},
        },
    ]


def runners() -> list[int]:
    """Whose work the advisory group is, by their staff groups."""
    of_group = User.objects.filter(
        is_staff=True,
        is_active=True,
        groups__permissions__codename="run_advice",
        groups__permissions__content_type__app_label="advice",
    )
    return list(of_group.order_by("pk").distinct().values_list("pk", flat=True))


def waiting_bookings(actor: Actor, until: datetime) -> BookingQuerySet:
    """What a party and an adviser have to come to before `until`, to say and to rate."""
    if actor.user is None:
        return Booking.objects.none()
    now = clock.now()
    hosted = Q(slot__adviser__user=actor.user, slot__adviser__left_at=None)
    own = Q(party=actor.party_id) if actor.party_id is not None else Q(pk=None)
    to_come = Q(status=BookingStatus.BOOKED, slot__starts_at__lte=until)
    ahead = to_come & (hosted | own & Q(slot__ends_at__gt=now))
    unrated = Q(own, status=BookingStatus.DONE, rated_at=None, slot__ends_at__gt=now - RATED_WITHIN)
    rows = Booking.objects.filter(ahead | unrated).whole()
    return rows.order_by("slot__starts_at")[:MOST_WAITING]


def fields_of_adviser(adviser: Adviser) -> AdviserFields:
    names = ("name", "title_zh", "title_en", "bio_zh", "bio_en", "user_id", "party_id")
    return AdviserFields(
        **{name: getattr(adviser, name) for name in names},
        topics=tuple(adviser.topics),
        audience=tuple(adviser.audience),
    )


def calendar_of(actor: Actor, booking: Booking, url: str) -> Event:
    """The hour for a calendar; the link or the room only while it is to take place."""
    is_over = booking.status == BookingStatus.CANCELLED
    return Event(
        uid=f"advice-{booking.pk}@trilink",
        version=1 if is_over else 0,
        starts_at=booking.slot.starts_at,
        ends_at=booking.slot.ends_at,
        changed_at=booking.changed_at,
        title=_("%(adviser)s advises %(party)s")
        % {"adviser": booking.slot.adviser.name, "party": booking.party.name},
        text=booking.slot.place if rules.knows_place(actor, booking) else "",
        url=url,
        is_cancelled=is_over,
    )
