"""What a plan may say, and who makes and ends one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.fields import PlanFields
from matchmaking.catalogue.models import Plan, PlanCreator, Product
from matchmaking.catalogue.rules.products import commission_limit, flaws_above
from matchmaking.catalogue.states import FOR_CHOSEN, ON_OFFER, PlanKind
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.parties.blocks import kept_apart_from
from portal.parties.models import Party, PartyQuerySet
from portal.parties.rules import can_manage_party
from portal.parties.states import TRUSTED, PartyKind, PartyStatus
from portal.policies.models import DatedRule

MOST_CHOSEN = 200
MOST_CHOSEN_A_DAY = 300  # of one merchant: each is told of it
LONGEST_PLAN = timedelta(days=366)
OVERLAPS = {  # of the database's constraints
    "plan_one_public_at_a_time": _("A plan for everybody holds on these days already."),
    "plan_one_exclusive_at_a_time": _("An exclusive plan holds on some of these days already."),
    "plan_exclusive_excludes_targeted": _(
        "An exclusive plan shuts other chosen creators out; on some of these days there are both."
    ),
    "plan_creator_one_at_a_time": _(
        "One of these creators has a plan for this product on some of these days already."
    ),
}


def can_open_plan(actor: Actor, product: Product) -> Verdict:
    if not (verdict := can_manage_party(actor, product.merchant)):
        return verdict
    if product.status not in ON_OFFER:
        return conflict(_("Only a product that is on offer has plans. List it first."))
    return ALLOWED


def can_end_plan(actor: Actor, plan: Plan) -> Verdict:
    if not (verdict := can_manage_party(actor, plan.product.merchant)):
        return verdict
    if plan.kind == PlanKind.PUBLIC:
        return conflict(_("What everybody gets is not ended but changed: open another one."))
    if plan.period is None or (
        plan.period.upper is not None and plan.period.upper <= clock.today() + timedelta(days=1)
    ):
        return conflict(_("This plan ends today, or has ended."))
    return ALLOWED


def may_see_plan(actor: Actor, plan: Plan) -> Verdict:
    """A plan for everybody is public; others are for those they name."""
    if plan.kind == PlanKind.PUBLIC or actor.speaks_for(plan.product.merchant_id):
        return ALLOWED
    if any(one.creator_id == actor.party_id for one in plan.creators.all()):
        return ALLOWED
    return forbidden(_("This plan is not for you."))


def plan_is_sound(fields: PlanFields, merchant: Party) -> Verdict:
    creators = nameable(merchant).filter(pk__in=fields.creator_ids) if fields.creator_ids else ()
    limit = commission_limit(fields.starts_on, fields.ends_on)
    return flawless(flaws_of_plan(fields, {one.pk for one in creators}, limit))


def nameable(merchant: Party) -> PartyQuerySet:
    """Whom a merchant's plans may name: listed creators of its own world (those of a sandbox never
    are), and nobody that either blocked. A refusal never says which of these it was."""
    rows = Party.objects.filter(kind=PartyKind.CREATOR, sandbox_of=merchant.sandbox_of_id)
    rows = rows.filter(status__in=TRUSTED if merchant.is_sandbox else (PartyStatus.LISTED,))
    return rows.exclude(pk__in=kept_apart_from(merchant.pk))


def may_name_more(merchant: Party, more: int) -> Verdict:
    """Asked under the merchant's lock."""
    since = clock.now() - timedelta(days=1)
    named = PlanCreator.objects.filter(product__merchant=merchant, plan__created_at__gt=since)
    if more and named.count() + more > MOST_CHOSEN_A_DAY:
        sentence = _("At most %(n)s creators are named in plans within a day; go on tomorrow.")
        return conflict(str(sentence) % {"n": MOST_CHOSEN_A_DAY})
    return ALLOWED


def flaws_of_plan(
    fields: PlanFields, creators: set[int], limit: DatedRule | None
) -> Iterator[Flaw]:
    """`creators`: which of the chosen ones may be named."""
    if fields.kind not in PlanKind.values:
        yield Flaw("kind", _("Choose one from the list."))
    yield from flaws_above(fields.commission_bp, limit)
    yield from flaws_of_lines(fields, "note")
    if fields.starts_on <= clock.today():
        yield Flaw("starts_on", _("A plan begins tomorrow at the earliest: today has its rate."))
    if fields.ends_on is not None and fields.ends_on <= fields.starts_on:
        yield Flaw("ends_on", _("It ends after it begins."))
    if fields.ends_on is not None and fields.ends_on - fields.starts_on > LONGEST_PLAN:
        yield Flaw("ends_on", _("A year at most; leave it empty for an open end."))
    if fields.kind == PlanKind.EXCLUSIVE and fields.ends_on is None:
        yield Flaw("ends_on", _("An exclusive plan says when it ends."))
    yield from _flaws_of_chosen(fields, creators)


def _flaws_of_chosen(fields: PlanFields, creators: set[int]) -> Iterator[Flaw]:
    if fields.kind not in FOR_CHOSEN:
        if fields.creator_ids:
            yield Flaw("creator_ids", _("A plan for everybody names nobody."))
        return
    if not fields.creator_ids:
        yield Flaw("creator_ids", _("Name at least one creator."))
    if len(fields.creator_ids) > MOST_CHOSEN:
        yield Flaw("creator_ids", _("At most %(n)s creators.") % {"n": MOST_CHOSEN})
    if set(fields.creator_ids) - creators:
        yield Flaw("creator_ids", _("One of them cannot be named here."))
