"""Who signs up for whom, with what, and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.rules import is_let_through
from matchmaking.catalogue.states import GateEffect, ProductStatus
from matchmaking.fairs.models import Fair, FairPool, InvitationCode, SignUp
from matchmaking.fairs.rules.fairs import may_run
from matchmaking.fairs.states import FairStatus
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.parties.models import Party, RosterEntry
from portal.parties.rules import can_manage_party
from portal.parties.states import PartyKind

NO_CODE = _("This invitation code is not valid here.")
NO_SEATS = _("There are no seats for this kind of party.")
NO_PRODUCT = _("Choose from your own products.")
MOST_ANSWERED = 300
OVER = _("Signing up is not possible at the moment.")


def is_visible_to(actor: Actor, fair: Fair) -> bool:
    """The same as `Fair.objects.visible_to`, of one that is read already."""
    return fair.published_at is not None or actor.has_perm("fairs.view_fair")


def can_sign_up(actor: Actor, fair: Fair, party: Party, pool: FairPool) -> Verdict:
    """Whether this person may sign up this party; the seat and the hour are asked of besides."""
    if not (verdict := _may_speak(actor, party)):
        return verdict
    if fair.status != FairStatus.RECRUITING:
        return conflict(OVER)
    if party.is_sandbox:
        return unmet(_("A sandbox deals with itself only."))
    if not party.is_trusted:
        return unmet(_("Your party must be verified before it can sign up."))
    if pool.fair_id != fair.pk or pool.role != party.kind:
        return unmet(NO_SEATS)
    return ALLOWED


def _may_speak(actor: Actor, party: Party) -> Verdict:
    """Its managers, its agency's managers, or an operator on its behalf."""
    if actor.has_perm("fairs.run_fair") or actor.speaks_for(party.pk):
        return ALLOWED if actor.has_perm("fairs.run_fair") else can_manage_party(actor, party)
    if actor.party is not None and actor.party.kind == PartyKind.AGENCY:
        return can_bring_creator(actor, party)
    return forbidden(_("You do not speak for this party."))


def can_bring_creator(actor: Actor, creator: Party) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.AGENCY:
        return forbidden(_("Only agencies sign up their creators."))
    if not (verdict := can_manage_party(actor, actor.party)):
        return verdict
    mine = RosterEntry.objects.visible_to(actor).running().of_agency(actor.party)
    if not mine.filter(creator=creator).exists():
        return forbidden(_("This creator is not under contract with you."))
    return ALLOWED


def may_bring_more(fair: Fair, brought: int, more: int = 0) -> Verdict:
    """`more`: the seats that its stars bring the agency beside everybody's."""
    if brought >= fair.creators_per_agency + more:
        sentence = _("You have brought %(n)s creators to this fair; there can be no more.")
        return conflict(sentence % {"n": brought})
    return ALLOWED


def can_bring_in_bulk(actor: Actor) -> Verdict:
    if actor.role == SYSTEM:
        return ALLOWED
    return forbidden(_("Only the system writes down what was before."))


def can_use_code(code: InvitationCode | None, now: datetime) -> Verdict:
    if code is None or now >= code.ends_at:
        return unmet(NO_CODE)
    if code.uses >= code.most_uses:
        return conflict(_("This invitation code has been used up."))
    return ALLOWED


def is_early_by(actor: Actor, code: InvitationCode | None) -> bool:
    """Operators and who was invited need not wait for the opening second."""
    return code is not None or actor.has_perm("fairs.run_fair")


def products_fit(fair: Fair, party: Party, products: Sequence[Product]) -> Verdict:
    """A merchant shows some of its own; nobody else shows any."""
    if party.kind != PartyKind.MERCHANT:
        return ALLOWED if not products else unmet(_("Only merchants show products."))
    if not 1 <= len(products) <= fair.most_products:
        return unmet(_("Choose from 1 to %(n)s products.") % {"n": fair.most_products})
    for product in products:
        if not (verdict := can_show_product(party, product)):
            return verdict
    return ALLOWED


def can_show_product(party: Party, product: Product) -> Verdict:
    if product.merchant_id != party.pk:
        return forbidden(_("This product is not yours."))
    if product.status != ProductStatus.LISTED:
        return conflict(_("Only products in the pool can be shown."))
    return is_let_through(product, GateEffect.OFFER)


def can_act_on_sign_up(actor: Actor, sign_up: SignUp) -> Verdict:
    """Take up its seat or give it back: its own people, the agency that brought it, operators."""
    if may_run(actor, sign_up.fair):
        return ALLOWED
    for side in (sign_up.party, sign_up.brought_by):
        if side is not None and actor.speaks_for(side.pk):
            return can_manage_party(actor, side)
    return forbidden(_("You do not speak for this party."))


def answer_is_sound(answer: str) -> Verdict:
    if not 1 <= len(answer.strip()) <= MOST_ANSWERED:
        return unmet(_("Answer in up to 300 characters."))
    return ALLOWED


def can_decide_sign_up(actor: Actor, sign_up: SignUp) -> Verdict:
    return may_run(actor, sign_up.fair)
