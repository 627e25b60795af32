"""What a bidder was asked or answered, by whose turn it is and the day it is due."""

from __future__ import annotations

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least, TruncDate

from matchmaking.needs import rules, states
from matchmaking.needs.models import Need, NeedQuerySet, Talk
from matchmaking.needs.states import ProposalStatus, Side, Task, Turn
from portal.core import clock
from portal.core.actor import Actor
from portal.core.clock import SHANGHAI

ORDERS: dict[str, str] = {Turn.WAITING: "due_on", Turn.RUNNING: "due_on", Turn.ENDED: "-over_at"}


def answers_of(needs: NeedQuerySet, actor: Actor) -> Any:
    """Those of `needs` that the acting party was asked or answered: whose `turn` it is, what it is
    waited for (`task`), the day somebody has to answer (`due_on`), and when it was over."""
    own = FilteredRelation("proposals", condition=Q(proposals__provider=actor.party_id))
    asked = Talk.objects.waiting_for(actor).filter(proposal__need=OuterRef("pk")).order_by()
    soonest = asked.values("proposal__need").annotate(by=Min("answer_by")).values("by")
    rows = needs.annotate(own_bid=own, talk_by=Subquery(soonest))
    return rows.filter(own_bid__provider=actor.party_id).annotate(
        turn=_turn(), task=_task(), due_on=_due_on(), over_at=_over_at()
    )


def turns_of(actor: Actor) -> dict[str, int]:
    """How many there are of each turn."""
    if actor.party_id is None:
        return {}
    counted = answers_of(Need.objects.all(), actor).order_by().values_list("turn")
    found = dict(counted.annotate(n=Count("pk")))
    return {turn.value: found.get(turn.value, 0) for turn in Turn}


def _to_write() -> Q:
    """Where `rules.takes_proposals` would let it hand in."""
    return Q(
        own_bid__status__in=states.UNANSWERED,
        status__in=states.TAKING_PROPOSALS,
        closes_on__gte=clock.today(),
    )


def _to_agree() -> Q:
    return Q(own_bid__status__in=states.ANSWERABLE, own_bid__offered_by=Side.MERCHANT)


def _turn() -> Case:
    return Case(
        When(_to_write() | _to_agree() | Q(talk_by__isnull=False), then=Value(Turn.WAITING)),
        When(own_bid__status__in=states.ANSWERABLE, then=Value(Turn.RUNNING)),
        default=Value(Turn.ENDED),
        output_field=CharField(),
    )


def _task() -> Case:
    return Case(
        When(_to_write(), own_bid__status=ProposalStatus.INVITED, then=Value(Task.INVITATION)),
        When(_to_write(), then=Value(Task.DRAFT)),
        When(_to_agree(), service_offer__isnull=False, then=Value(Task.ORDER)),
        When(_to_agree(), then=Value(Task.TERMS)),
        When(talk_by__isnull=False, then=Value(Task.TALK)),
        default=Value(""),
        output_field=CharField(),
    )


def _due_on() -> Any:
    """The soonest of what is waited for; what was handed in is chosen from for some days."""
    own = Case(
        When(_to_write(), then=F("closes_on")),
        When(answer_by__isnull=False, then=TruncDate("answer_by", tzinfo=SHANGHAI)),
        default=Cast(F("closes_on") + rules.DECISION, DateField()),
        output_field=DateField(),
    )
    return Least(own, TruncDate("talk_by", tzinfo=SHANGHAI), output_field=DateField())


def _over_at() -> Coalesce:
    closed = Cast("closes_on", DateTimeField())
    return Coalesce("own_bid__ended_at", "ended_at", closed, output_field=DateTimeField())
