"""Needs that stand still, and how introductions go, as operators watch them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Q, QuerySet

from matchmaking.brokerage import states
from matchmaking.brokerage.models import Introduction, Representation
from matchmaking.brokerage.states import IntroductionStatus, Stage
from matchmaking.needs.models import Need
from portal.core import clock
from portal.core.actor import Actor
from portal.core.workdays import add_working_days


def whole_introductions() -> Any:
    return Introduction.objects.select_related("asker__city", "creator__city", "broker", "contract")


def introductions_of(actor: Actor) -> Any:
    """Those of the party one speaks for, from both sides."""
    return whole_introductions().visible_to(actor)


def represented() -> QuerySet[Representation]:
    return (
        Representation.objects.filter(until=None)
        .select_related("creator__city")
        .order_by("-since", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How many introductions stand where; the mean days from the wish to the creator's answer."""

    by_status: list[tuple[str, int]]
    answered: int
    agreed: int
    days_to_answer: float | None

    @property
    def agreed_share(self) -> float | None:
        return self.agreed / self.answered if self.answered else None


def introduction_figures() -> Figures:
    counted = dict(
        Introduction.objects.values_list("status").annotate(n=Count("pk")).order_by("status")
    )
    waited = ExpressionWrapper(F("answered_at") - F("created_at"), DurationField())
    answered = Introduction.objects.filter(answered_at__isnull=False)
    facts = answered.aggregate(
        n=Count("pk"),
        agreed=Count("pk", filter=~Q(status=IntroductionStatus.DECLINED)),
        waited=Avg(waited),
    )
    days = facts["waited"].total_seconds() / 86_400 if facts["waited"] else None
    shown = [(str(s.label), counted.get(s.value, 0)) for s in IntroductionStatus]
    return Figures(shown, facts["n"], facts["agreed"], days)


# --- needs that stand still -----------------------------------------------------------------------


def stage_of(need: Any) -> Stage:
    """Of a row of `still_needs`."""
    if need.last_submitted is not None:
        return Stage.UNDECIDED
    return Stage.UNANSWERED if need.last_invited is not None else Stage.NOBODY


def still_since(need: Any) -> datetime:
    """When something last happened to a row of `still_needs`."""
    found: datetime = need.last_submitted or need.last_invited or need.published_at
    return found


def still_needs(actor: Actor) -> QuerySet[Need]:
    """Open needs within the operator's regions where nothing happened for too long, each with the
    last invitation, proposal and reminder."""
    needs = Need.objects.taking_proposals()
    if actor.user is not None:
        needs = needs.in_scope_of(actor.user)
    rows = needs.select_related("merchant__city").annotate(
        last_invited=Max("proposals__invited_at"),
        last_submitted=Max("proposals__submitted_at"),
        last_nudged=Max("nudges__at"),
    )
    anywhere = Q()
    for stage in Stage:
        anywhere |= _stuck(stage)
    return rows.filter(anywhere)


def stuck(stage: str) -> Q:
    """Those of `still_needs` that stand at this stage; all of them where there is no such one."""
    return _stuck(Stage(stage)) if stage in Stage.values else Q()


def _stuck(stage: Stage) -> Q:
    day = add_working_days(clock.today(), -states.STILL_AFTER[stage])
    before = datetime.combine(day, time(), clock.SHANGHAI)
    if stage == Stage.NOBODY:
        return Q(last_invited=None, last_submitted=None, published_at__lt=before)
    if stage == Stage.UNANSWERED:
        return Q(last_submitted=None, last_invited__lt=before)
    return Q(last_submitted__lt=before)
