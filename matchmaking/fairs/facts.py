"""Facts of meetings for the evaluation: whether a provider followed up on whom it met.

Each meeting of a published plan of a matchmaking session that took place makes one: 100 as soon as
a proposal or a signature followed within 60 days, 0 once they are over. That one of them did not
come makes none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.approaches import approaches
from matchmaking.fairs import states
from matchmaking.fairs.models import Meeting, MeetingOutcome
from matchmaking.fairs.states import FairKind, MeetingResult, PlanStatus
from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.links import register_row_link
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.states import PartyKind
from portal.seats.states import ClaimStatus

MEASURE, MEETING = "meeting_followed", "fairs.meeting"
WITHIN = timedelta(days=60)
BACK = timedelta(days=400)
MOST = 2_000  # rows at once


def record_meeting_facts(actor: Actor) -> int:
    """How many there were new."""
    return record_facts(system_actor(actor.via), facts=meeting_facts(), once=True)


def meeting_facts() -> list[FactFields]:
    """Of meetings that made none yet."""
    return list(_facts())


def _facts() -> Iterator[FactFields]:
    """Slice by slice: those that still wait for an answer must not hold up the others."""
    last = 0
    while meetings := list(_meetings(last)):
        yield from _facts_of(meetings)
        last = meetings[-1].pk


def _facts_of(meetings: list[Meeting]) -> Iterator[FactFields]:
    now = clock.now()
    since = min(one.starts_at for one in meetings)
    came = approaches({_pair(one) for one in meetings}, since)
    for one in meetings:
        ends = one.starts_at + WITHIN
        followed = any(one.starts_at <= at < ends for at in came.get(_pair(one), []))
        if not followed and now < ends:
            continue
        day = clock.day_of(one.starts_at)
        yield FactFields(
            party_id=one.right.party_id,
            measure=MEASURE,
            value=100.0 if followed else 0.0,
            starts_on=day,
            ends_on=day,
            grade=Grade.CONFIRMED,
            ref_kind=MEETING,
            ref_id=str(one.pk),
            counterpart_id=one.left.party_id,
        )


def _meetings(after: int) -> Iterator[Meeting]:
    """That took place, and made no fact yet; those behind this key."""
    missed = MeetingOutcome.objects.filter(result=MeetingResult.ABSENT).values("meeting")
    rows = Meeting.objects.filter(
        pk__gt=after,
        plan__status=PlanStatus.PUBLISHED,
        plan__fair__kind=FairKind.MATCHMAKING,
        plan__fair__status__in=states.HELD,
        plan__fair__starts_at__gte=clock.now() - BACK,
        left__claim__status=ClaimStatus.PRESENT,
        right__claim__status=ClaimStatus.PRESENT,
        right__party__kind=PartyKind.PROVIDER,
    ).exclude(pk__in=missed)
    new = unrecorded(rows, measure=MEASURE, ref_kind=MEETING)
    yield from new.select_related("plan__fair", "left", "right").order_by("pk")[:MOST]


def _pair(meeting: Meeting) -> tuple[int, int]:
    return meeting.left.party_id, meeting.right.party_id


def _meeting_url(actor: Actor, ref_id: str) -> str | None:
    key = int(ref_id) if ref_id.isdecimal() and len(ref_id) < 18 else 0
    meeting = Meeting.objects.filter(pk=key).select_related("right", "left").first()
    sides = (meeting.right, meeting.left) if meeting else ()
    return next((s.get_absolute_url() for s in sides if s.party_id == actor.party_id), None)


register_row_link(MEETING, _meeting_url, _("Meeting at a fair"))
