"""What the pages of needs show."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from matchmaking.needs import rules, states
from matchmaking.needs.fields import OF_AGENCIES, OF_CREATORS, PRIORITIES, PROMISES
from matchmaking.needs.models import (
    TELLS_MERCHANT,
    Need,
    NeedDraft,
    NeedQuerySet,
    NeedTemplate,
    Proposal,
    ProposalDraft,
    Question,
)
from matchmaking.needs.selectors.answers import answers_of
from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party, in_world_of

TEMPLATE_FIELDS = (
    *("seeks", "title", "brief", "facts", "accepts_remote", "price_form"),
    *("budget_low_fen", "budget_high_fen", "share_low_bp", "share_high_bp"),
    *("gmv_target_fen", "gmv_low_fen", "gmv_high_fen", "term_months"),
    *OF_CREATORS,
    *OF_AGENCIES,
    *PRIORITIES,
)


def whole_needs(actor: Actor) -> NeedQuerySet:
    """Needs with everything their pages show, in a fixed number of queries. `knows_merchant` says
    whether the actor may learn who asks: the merchant itself, and those it invited or hired."""
    own = Proposal.objects.filter(need=OuterRef("pk"), provider=actor.party_id)
    told = own.filter(TELLS_MERCHANT)
    knows = Q(merchant=actor.party_id) | Exists(told) if actor.party_id else Value(False)
    return (
        Need.objects.select_related("merchant__city", "city", "only_for")
        .prefetch_related("services", "categories")
        # By keyword the type plugin would redefine the attribute.
        .annotate(**{"knows_merchant": ExpressionWrapper(knows, BooleanField())})  # noqa: PIE804
    )


def needs_for(actor: Actor, view: str) -> NeedQuerySet:
    """`open`: what everyone may answer; `ours`: the merchant's own; `answered`: those the acting
    bidder was invited to or answered, or some of them by whose `Turn` it is."""
    if view == "ours":
        return whole_needs(actor).owned_by(actor)
    if view == "answered" or view in states.Turn.values:
        answers: NeedQuerySet = answers_of(whole_needs(actor), actor)
        return answers if view == "answered" else answers.filter(Q(turn=view))
    open_ones = whole_needs(actor).public().taking_proposals()
    return open_ones.filter(in_world_of(actor, "merchant"), closes_on__gte=clock.today())


def narrowed(needs: NeedQuerySet, asked: Mapping[str, Any]) -> NeedQuerySet:
    """`asked`: what `NeedFilterForm` holds. A need for any place is found in every city."""
    if words := asked.get("q"):
        needs = needs.filter(title__icontains=words)
    for name, column in (("seeks", "seeks"), ("category", "categories"), ("service", "services")):
        if asked.get(name):
            needs = needs.filter(**{column: asked[name]})
    if asked.get("fact"):
        needs = needs.filter(facts__contains=[asked["fact"]])
    if asked.get("city"):
        needs = needs.filter(Q(city=asked["city"]) | Q(city=None) | Q(accepts_remote=True))
    if asked.get("remote"):
        needs = needs.filter(accepts_remote=True)
    if asked.get("budget"):
        needs = needs.filter(budget_high_fen__gte=asked["budget"] * 100)
    return needs


def proposals_of(need: Need) -> list[Proposal]:
    """What the merchant may see of the answers: everything but drafts, the standing ones first."""
    found = list(
        need.proposals.known_to_merchant()
        .select_related("provider__city")
        .order_by("submitted_at", "pk")
    )
    return sorted(found, key=lambda p: p.status not in states.STANDING)


def as_seen_by(actor: Actor, proposal: Proposal) -> Proposal:
    """Until it is submitted, what an invited provider has written is its own."""
    if proposal.submitted_at is not None or actor.speaks_for(proposal.provider_id):
        return proposal
    seen = copy(proposal)
    seen.plan = seen.team = ""
    seen.monthly_fee_fen = seen.share_bp = seen.starts_on = None
    seen.ladder, seen.is_guarantee = [], False
    for name in PROMISES:
        setattr(seen, name, None)
    return seen


def questions_for(actor: Actor, need: Need) -> list[Question]:
    """What was asked and answered, for those who read the brief."""
    return list(need.questions.order_by("pk")) if rules.may_read_brief(actor, need) else []


def status_by_provider(need: Need, providers: list[Party]) -> dict[int, Proposal]:
    """Where each of these candidates stands with the need; drafts stay the provider's own."""
    known = need.proposals.filter(provider__in=providers)
    return {p.provider_id: p for p in known.known_to_merchant()}


def overdue_needs() -> NeedQuerySet:
    """Needs whose last day has passed, and orders whose time has; the rule decides which of them
    have run out."""
    is_due = Q(closes_on__lt=clock.today()) | Q(answer_by__lt=clock.now())
    return Need.objects.taking_proposals().filter(is_due).order_by("pk")


def values_of_need(need: Need) -> dict[str, Any]:
    """A need as its form holds it, days left out: what a template keeps."""
    return {name: getattr(need, name) for name in TEMPLATE_FIELDS} | {
        "services": sorted(need.services.values_list("pk", flat=True)),
        "categories": sorted(need.categories.values_list("pk", flat=True)),
        "city": need.city_id,
    }


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a new need may begin from."""

    templates: list[NeedTemplate]
    needs: list[Need]
    unfinished: list[NeedDraft]


def beginnings_for(actor: Actor) -> Beginnings:
    recent = Need.objects.owned_by(actor).published().order_by("-pk")
    return Beginnings(
        list(NeedTemplate.objects.usable_by(actor)),
        list(recent.only("title", "created_at")[:5]),
        unfinished_needs(actor),
    )


def unfinished_needs(actor: Actor) -> list[NeedDraft]:
    """New needs somebody of the party began to write, the latest first."""
    own = NeedDraft.objects.owned_by(actor).filter(need=None)
    return list(own.select_related("kept_by").order_by("-kept_at"))


def unfinished_answers(actor: Actor) -> list[ProposalDraft]:
    """Answers somebody of the party began to write and may still hand in, the latest first."""
    own = ProposalDraft.objects.owned_by(actor).filter(
        need__status__in=states.TAKING_PROPOSALS, need__closes_on__gte=clock.today()
    )
    return list(own.select_related("kept_by", "need").order_by("-kept_at"))


def named_in(form: Any) -> Party | None:
    """The party a form's private need is for, if it is for one."""
    given = str(form["only_for"].value() or "")
    return Party.objects.filter(pk=int(given)).first() if given.isdecimal() else None
