"""Facts that learning makes for the evaluation: of each enrolment that ended, the share of its
planned hours that was attended; of each provider, the hours of a year divided by its heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor, system_actor
from portal.evaluation.fields import FactFields
from portal.evaluation.gathering.document import month_back
from portal.evaluation.links import register_row_link
from portal.evaluation.models import Fact
from portal.evaluation.roster import end_of
from portal.evaluation.selectors import unrecorded
from portal.evaluation.services import record_facts
from portal.evaluation.states import Grade
from portal.parties.models import StaffMember
from portal.parties.states import PartyKind
from training.learning.models import Enrolment
from training.learning.states import Outcome

COMPLETION, HOURS = "course_completion", "training_hours"
REF, YEAR_REF = "learning.enrolment", "learning.year"
MOST = 2_000
AN_HOUR = 60  # minutes


def record_learning_facts(actor: Actor) -> int:
    """How many there were new."""
    worker = system_actor(actor.via)
    return record_facts(worker, facts=completion_facts(), once=True)


def record_yearly_facts(actor: Actor) -> int:
    """Of the last whole month; how many there were new."""
    worker = system_actor(actor.via)
    return record_facts(worker, facts=hours_facts(), once=True)


def completion_facts() -> list[FactFields]:
    """Of enrolments that ended and made none yet. Who never came counts with nothing attended."""
    ended = Enrolment.objects.exclude(outcome=Outcome.NONE).filter(
        party__kind=PartyKind.PROVIDER, planned_minutes__gt=0
    )
    new = unrecorded(ended, measure=COMPLETION, ref_kind=REF).select_related("session")
    return [_completion(row) for row in new.order_by("ended_at", "pk")[:MOST]]


def _completion(row: Enrolment) -> FactFields:
    attended, planned = row.attended_minutes or 0, row.planned_minutes or 1
    ended = clock.day_of(row.ended_at or row.session.ends_at)
    return FactFields(
        party_id=row.party_id,
        measure=COMPLETION,
        value=round(100 * attended / planned, 2),
        sample=max(1, round(planned / AN_HOUR)),
        starts_on=min(clock.day_of(row.session.starts_at), ended),
        ends_on=ended,
        grade=Grade.PLATFORM,
        ref_kind=REF,
        ref_id=str(row.pk),
    )


# --- hours of a year ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Learned:
    """An enrolment that ended: when, by whom, how many minutes were attended."""

    ended_on: date
    learner_id: int
    minutes: int


def hours_facts(months: int = 1) -> list[FactFields]:
    """Of the last whole months, for providers of whom one was not recorded yet."""
    last = clock.today().replace(day=1) - timedelta(days=1)
    ends = [month_back(last, back) for back in reversed(range(months))]
    learned = _learned(since=month_back(ends[0], 12))
    said = set(_said(ends))
    teams = _teams(set(learned))
    return [
        fact
        for end in ends
        for party_id, rows in sorted(learned.items())
        if (party_id, f"{end:%Y-%m}") not in said
        for fact in _hours(party_id, end, rows, teams.get(party_id, []))
    ]


def _hours(
    party_id: int, end: date, rows: list[_Learned], team: list[tuple[datetime, datetime | None]]
) -> Iterator[FactFields]:
    """Heads are those of the team's list, and never fewer than have learned: a short list makes
    nobody learn more."""
    inside = [row for row in rows if month_back(end, 12) < row.ended_on <= end]
    if not inside:
        return
    at = end_of(end)
    listed = sum(joined < at and (left is None or left >= at) for joined, left in team)
    heads = max(listed, len({row.learner_id for row in inside}))
    hours = sum(row.minutes for row in inside) / AN_HOUR
    yield FactFields(
        party_id=party_id,
        measure=HOURS,
        value=round(min(hours / heads, 9_000), 2),
        sample=heads,
        starts_on=month_back(end, 12) + timedelta(days=1),
        ends_on=end,
        grade=Grade.PLATFORM,
        ref_kind=YEAR_REF,
        ref_id=f"{end:%Y-%m}",
    )


def _learned(since: date) -> dict[int, list[_Learned]]:
    found: defaultdict[int, list[_Learned]] = defaultdict(list)
    rows = Enrolment.objects.exclude(outcome=Outcome.NONE).filter(
        party__kind=PartyKind.PROVIDER, ended_at__gte=end_of(since)
    )
    for party, ended, learner, minutes in rows.values_list(
        "party", "ended_at", "learner", "attended_minutes"
    ):
        if ended is not None:
            found[party].append(_Learned(clock.day_of(ended), learner, minutes or 0))
    return dict(found)


def _said(ends: list[date]) -> Iterator[tuple[int, str]]:
    refs = [f"{end:%Y-%m}" for end in ends]
    rows = Fact.objects.filter(ref_kind=YEAR_REF, ref_id__in=refs, corrects=None)
    return rows.values_list("party", "ref_id").iterator()


def _teams(parties: set[int]) -> dict[int, list[tuple[datetime, datetime | None]]]:
    found: defaultdict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    rows = StaffMember.objects.filter(party__in=parties).order_by()
    for party, joined, left in rows.values_list("party", "joined_at", "left_at"):
        found[party].append((joined, left))
    return dict(found)


def _url(actor: Actor, ref_id: str) -> str | None:
    try:
        key = UUID(ref_id)
    except ValueError:
        return None
    row = Enrolment.objects.visible_to(actor).filter(pk=key).first()
    return row.get_absolute_url() if row else None


def _year_url(actor: Actor, ref_id: str) -> str | None:
    """The page of what the party learned: its own."""
    return reverse("learning_of_party") if actor.party else None


register_row_link(REF, _url, _("Enrolment"))
register_row_link(YEAR_REF, _year_url, _("Learning of the year"))
