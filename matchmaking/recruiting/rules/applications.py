"""Who may apply with what, decide, and offer other terms."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.rules import is_let_through
from matchmaking.catalogue.states import GateEffect, ProductStatus
from matchmaking.cooperation.rules import are_in_one_world
from matchmaking.recruiting import states
from matchmaking.recruiting.matching import GapLine
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.rules.posts import (
    NOT_TAKING,
    can_list_own_posts,
    takes_applications,
)
from matchmaking.recruiting.states import ApplicationStatus, Side
from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Verdict, conflict, forbidden, unmet
from portal.parties.blocks import are_kept_apart
from portal.parties.rules import can_manage_party, has_permit
from portal.parties.states import PartyKind

MOST_OFFERS = 30  # of one application
MOST_AT_ONCE = 100  # decisions
MOST_COMPARED = 6  # side by side
NO_LONGER = _("This application no longer stands.")


def can_list_sent(actor: Actor) -> Verdict:
    if actor.party is None or actor.party.kind != PartyKind.MERCHANT:
        return forbidden(_("Only merchants apply with products. Switch to a merchant party."))
    return ALLOWED


def can_list_received(actor: Actor) -> Verdict:
    return can_list_own_posts(actor)


def can_compare_applications(actor: Actor, count: int) -> Verdict:
    """So many of those that came in, side by side."""
    if not (verdict := can_list_received(actor)):
        return verdict
    if count < 2:
        return unmet(_("Choose at least two applications to compare."))
    if count > MOST_COMPARED:
        return unmet(_("At most %(n)s stand side by side.") % {"n": MOST_COMPARED})
    return ALLOWED


def can_apply(actor: Actor, post: Post) -> Verdict:
    """Whether the acting party may apply at all; each product is asked of besides."""
    if not (verdict := can_list_sent(actor)):
        return verdict
    merchant = actor.party
    assert merchant is not None  # noqa: S101 - the rule above
    if are_kept_apart(post.poster_id, merchant.pk):
        return conflict(NOT_TAKING)
    if not (verdict := can_manage_party(actor, merchant)):
        return verdict
    if not merchant.is_trusted:
        return unmet(_("Your party must be verified before it can apply."))
    if merchant.sandbox_of_id != post.poster.sandbox_of_id:
        return unmet(_("A sandbox deals with itself only."))
    if not post.poster.is_trusted:
        return conflict(NOT_TAKING)
    return takes_applications(post)


def can_offer_product(product: Product) -> Verdict:
    """What a product itself needs to be offered anywhere."""
    if product.status != ProductStatus.LISTED or product.gate_id is not None:
        return unmet(_("Only products that stand in the pool can be offered."))
    if not product.upstream_id:
        return unmet(_("Give the product its number in the order file: its sales are found by it."))
    if not has_permit(product.merchant, product.category):
        sentence = _("Goods of the category “%(category)s” need a permit that you do not hold.")
        return unmet(str(sentence) % {"category": product.category})
    return is_let_through(product, GateEffect.OFFER)


def meets_thresholds(gaps: list[GapLine]) -> Verdict:
    """Every threshold answers at once; the refusal names all that is missing."""
    hard = [gap.text for gap in gaps if gap.is_hard]
    return unmet(" ".join(hard)) if hard else ALLOWED


def is_first_application(post: Post, product: Product) -> Verdict:
    if post.applications.filter(product=product, status__in=states.STANDING).exists():
        return conflict(_("This product was offered to the post already."))
    recently = clock.now() - states.AGAIN_AFTER
    rejected = post.applications.filter(product=product, status=ApplicationStatus.REJECTED)
    if rejected.filter(ended_at__gt=recently).exists():
        return conflict(_("It was rejected here within seven days; wait, or offer another."))
    return ALLOWED


def side_of(actor: Actor, application: Application) -> Side:
    return Side.MERCHANT if actor.speaks_for(application.merchant_id) else Side.POSTER


def can_decide_application(actor: Actor, application: Application) -> Verdict:
    """Shortlisting, accepting or rejecting, by the poster, while the application stands."""
    if not (verdict := can_manage_party(actor, application.post.poster)):
        return verdict
    if not application.is_live:
        return conflict(NO_LONGER)
    return ALLOWED


def can_shortlist_application(actor: Actor, application: Application) -> Verdict:
    if not (verdict := can_decide_application(actor, application)):
        return verdict
    if application.status != ApplicationStatus.SUBMITTED:
        return conflict(_("This application is on the shortlist already."))
    return ALLOWED


def can_accept_application(actor: Actor, application: Application) -> Verdict:
    if not (verdict := can_decide_application(actor, application)):
        return verdict
    if application.waits_for != Side.POSTER:
        return conflict(_("The last offer is your own; wait until the other side answers it."))
    if not application.post.poster.is_trusted:
        return unmet(_("The poster is not verified at the moment."))
    if not application.merchant.is_trusted:
        return unmet(_("The merchant is not verified at the moment."))
    return are_in_one_world(application.merchant, application.post.poster)


def can_withdraw_application(actor: Actor, application: Application) -> Verdict:
    if not (verdict := can_manage_party(actor, application.merchant)):
        return verdict
    if not application.is_live:
        return conflict(NO_LONGER)
    return ALLOWED


def can_counter_offer(actor: Actor, application: Application) -> Verdict:
    """Either side, while the application stands."""
    verdict = _can_speak(actor, application)
    if not verdict:
        return verdict
    is_over = application.version >= MOST_OFFERS
    if is_over or are_kept_apart(application.post.poster_id, application.merchant_id):
        return conflict(_("No more terms can be offered here; accept, reject or step back."))
    return ALLOWED


def can_agree_offer(actor: Actor, application: Application) -> Verdict:
    """The merchant, to what the poster offered last."""
    if not (verdict := can_withdraw_application(actor, application)):
        return verdict
    if application.waits_for != Side.MERCHANT:
        return conflict(_("The last offer is your own; the poster answers it."))
    return ALLOWED


def offer_is_as_seen(application: Application, seen: int) -> Verdict:
    """An answer names the version it answers."""
    if application.version != seen:
        sentence = _("This changed meanwhile: version %(n)s is on the table. Look at it first.")
        return conflict(str(sentence) % {"n": application.version})
    return ALLOWED


def can_lapse_application(application: Application) -> Verdict:
    return ALLOWED if application.is_live else conflict(NO_LONGER)


def _can_speak(actor: Actor, application: Application) -> Verdict:
    if side_of(actor, application) == Side.MERCHANT:
        return can_withdraw_application(actor, application)
    return can_decide_application(actor, application)
