"""An application from hand-in to a no."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.catalogue.models import Product
from matchmaking.recruiting import rules
from matchmaking.recruiting.fields import ApplicationFields
from matchmaking.recruiting.matching import Match, match_products
from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.services.changes import (
    change_application_status,
    end_application,
    lock_application,
    lock_post,
    tell_merchant,
    tell_poster,
    wait_anew,
)
from matchmaking.recruiting.services.offers import append_offer
from matchmaking.recruiting.states import (
    REJECT_REASONS,
    ApplicationStatus,
    RejectReason,
    Side,
    WithdrawReason,
)
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.refusing import refusing
from portal.core.verdict import Refused, conflict, forbidden, unmet


@transaction.atomic
def apply_to_post(
    actor: Actor, *, post: Post, product: Product, fields: ApplicationFields
) -> Application:
    """Offer a product. Every threshold answers at once: what is missing refuses it, all named."""
    post = lock_post(post.pk)
    rules.can_apply(actor, post).require()
    if product.merchant_id != actor.party_id:
        raise Refused(forbidden(_("You do not speak for this party.")))
    rules.can_offer_product(product).require()
    rules.application_is_sound(fields).require()
    rules.is_first_application(post, product).require()
    (match,) = match_products(post, [product], fields)
    rules.meets_thresholds(match.gaps).require()
    application = _row(post, product, fields, match)
    _insert(application)
    append_offer(actor, application, Side.MERCHANT)
    audit.record(
        actor,
        "submit_application",
        application,
        after={"post": post.pk, "product": product.pk, "match_bp": match.match_bp},
    )
    sentence = gettext_noop("%(merchant)s offers “%(product)s” for “%(post)s”.")
    tell_poster(application, "submitted", sentence)
    return application


@transaction.atomic
def shortlist_application(actor: Actor, *, application: Application) -> Application:
    application = lock_application(application)
    rules.can_shortlist_application(actor, application).require()
    wait_anew(application)
    change_application_status(
        actor, application, ApplicationStatus.SHORTLISTED, verb="shortlist_application"
    )
    sentence = gettext_noop("“%(product)s” is on the shortlist of “%(post)s”.")
    tell_merchant(application, "shortlisted", sentence)
    return application


@transaction.atomic
def reject_application(
    actor: Actor, *, application: Application, reason: str, note: str = ""
) -> Application:
    """Say no, with the reason the merchant reads."""
    application = lock_application(application)
    rules.can_decide_application(actor, application).require()
    _check_reason(reason, REJECT_REASONS)
    end_application(
        actor,
        application,
        ApplicationStatus.REJECTED,
        RejectReason(reason),
        note,
        verb="reject_application",
    )
    sentence = gettext_noop("“%(product)s” was not chosen for “%(post)s”: %(t_reason)s.")
    tell_merchant(application, "rejected", sentence)
    return application


@transaction.atomic
def withdraw_application(
    actor: Actor, *, application: Application, reason: str, note: str = ""
) -> Application:
    """The merchant steps back; the poster reads why."""
    application = lock_application(application)
    rules.can_withdraw_application(actor, application).require()
    _check_reason(reason, WithdrawReason.values)
    end_application(
        actor,
        application,
        ApplicationStatus.WITHDRAWN,
        WithdrawReason(reason),
        note,
        verb="withdraw_application",
    )
    sentence = gettext_noop("%(merchant)s takes “%(product)s” back from “%(post)s”: %(t_reason)s.")
    tell_poster(application, "withdrawn", sentence)
    return application


def _row(post: Post, product: Product, fields: ApplicationFields, match: Match) -> Application:
    now = clock.now()
    return Application(
        post=post,
        product=product,
        merchant_id=product.merchant_id,
        price_fen=product.price_fen,
        score=product.score,
        match_bp=match.match_bp,
        certainty=match.certainty,
        parts=match.part_units,
        is_exclusive=fields.is_exclusive,
        commission_bp=fields.commission_bp,
        samples=fields.samples,
        note=fields.note.strip(),
        submitted_at=now,
        waits_since=now,
    )


def _insert(application: Application) -> None:
    """The database has the last word where the same product is offered twice at once."""
    offered = conflict(_("This product was offered to the post already."))
    with refusing({"application_one_standing": offered}):
        application.save()


def _check_reason(reason: str, allowed: Sequence[str]) -> None:
    if reason not in allowed:
        raise Refused(unmet(_("Choose one of the reasons; the other side will read it.")))
