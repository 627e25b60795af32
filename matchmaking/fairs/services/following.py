"""After a fair: what it had come to 7, 30 and 90 days later, and who wanted to and has not yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import Door
from matchmaking.fairs import rules, selectors, states
from matchmaking.fairs.models import Fair, FollowUp, MeetingOutcome
from matchmaking.fairs.services.fairs import change_status, lock_fair
from matchmaking.fairs.states import FairStatus, MeetingResult
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.services import tell_party

REMIND, REVIEW = 7, 90
DAYS = (REMIND, 30, REVIEW)
LATEST = timedelta(days=7)  # later it would no longer say what the fair had come to by then


def follow_up_fairs(actor: Actor) -> int:
    """Those that are due; how many."""
    now, made = clock.now(), 0
    for days in DAYS:
        due = now - timedelta(days=days)
        rows = Fair.objects.filter(status__in=states.HELD, ends_at__range=(due - LATEST, due))
        for fair in rows.exclude(follow_ups__days=days).order_by("pk"):
            made += len(_follow_up(actor, fair, [days]))
    return made


@transaction.atomic
def _follow_up(actor: Actor, fair: Fair, days: Sequence[int]) -> list[FollowUp]:
    fair = lock_fair(fair)
    known = set(fair.follow_ups.values_list("days", flat=True))
    made = _write(actor, fair, [n for n in days if n not in known])
    if any(row.days == REMIND for row in made):
        _remind(fair)
    return made


@transaction.atomic
def bring_follow_ups(actor: Actor, *, fair: Fair) -> list[FollowUp]:
    """Of a fair that is past: those that were due by now, as they would have been. Nobody is
    told."""
    rules.can_bring_in_bulk(actor).require()
    fair, now = lock_fair(fair), clock.now()
    return _write(actor, fair, [n for n in DAYS if fair.ends_at + timedelta(days=n) <= now])


def _write(actor: Actor, fair: Fair, days: Sequence[int]) -> list[FollowUp]:
    """What the fair had come to on each day, whenever this runs."""
    moments = [fair.ends_at + timedelta(days=n) for n in days]
    made = []
    for n, (agreed, lines) in zip(days, selectors.came_by(fair, moments), strict=True):
        row = FollowUp.objects.create(
            fair=fair,
            days=n,
            agreed=agreed,
            lines=lines.lines,
            net_fen=lines.net_fen,
            open_fen=lines.open_fen,
            made_at=clock.now(),
        )
        after = {"fair": fair.pk, "days": n, "agreed": agreed, "net_fen": row.net_fen}
        audit.record(actor, "follow_up_fair", row, after=after)
        if n == REVIEW and fair.status == FairStatus.CLOSED:
            change_status(actor, fair, FairStatus.REVIEWED, "review_fair")
        made.append(row)
    return made


def _remind(fair: Fair) -> None:
    """Who said they want to work together and has proposed nothing."""
    begun = Cooperation.objects.filter(door=Door.FAIR, door_source=str(fair.pk))
    meetings = {int(ref) for ref in begun.values_list("door_ref", flat=True) if ref.isdecimal()}
    said = MeetingOutcome.objects.filter(
        ~Q(meeting__in=meetings), meeting__plan__fair=fair, result=MeetingResult.INTENT
    ).select_related("meeting__left__party", "meeting__right__party", "sign_up__party")
    for one in said:
        meeting = one.meeting
        other = meeting.right if meeting.left_id == one.sign_up_id else meeting.left
        tell_party(
            one.sign_up.party,
            event="fair.follow_up",
            key=f"fair-follow-up:{one.pk}",
            sentence=gettext_noop(
                "You wanted to work with %(other)s after “%(fair)s”: propose a cooperation."
            ),
            params={"other": other.party.name, "fair": fair.title},
            url=one.sign_up.get_absolute_url(),
        )
