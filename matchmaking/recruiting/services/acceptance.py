"""An accepted application becomes a cooperation with its paper."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import Terms, open_cooperation
from matchmaking.cooperation.states import Door
from matchmaking.recruiting import rules
from matchmaking.recruiting.fields import ApplicationFields
from matchmaking.recruiting.matching import match_products
from matchmaking.recruiting.models import Application
from matchmaking.recruiting.services.changes import (
    change_application_status,
    lock_application,
    tell_merchant,
    tell_poster,
)
from matchmaking.recruiting.services.promises import keep_promise
from matchmaking.recruiting.states import ApplicationStatus
from portal.core import clock
from portal.core.actor import Actor
from portal.core.money import Money

# What both sides have agreed on may differ from what was asked; the rest must hold on that day.
STILL_ASKED = frozenset({"source", "taken", "stock"})


@transaction.atomic
def accept_application(
    actor: Actor, *, application: Application, version: int | None = None
) -> Cooperation:
    """Take the merchant's offer of the `version` one has read, by default the application's as it
    was passed: a cooperation begins, with the paper its orders are split by."""
    seen = application.version if version is None else version
    application = lock_application(application)
    rules.can_accept_application(actor, application).require()
    rules.offer_is_as_seen(application, seen).require()
    _still_stands(application)
    post = application.post
    cooperation = open_cooperation(
        actor,
        door=through(application),
        merchant=application.merchant,
        provider=post.poster,
        terms=terms_of(application),
        products=[application.product],
    )
    application.cooperation = cooperation
    change_application_status(
        actor, application, ApplicationStatus.ACCEPTED, verb="accept_application"
    )
    if application.is_exclusive:
        keep_promise(actor, application, cooperation)
    url = cooperation.get_absolute_url()
    chosen = gettext_noop("“%(product)s” was chosen for “%(post)s”. A cooperation has begun.")
    tell_merchant(application, "accepted", chosen, url=url)
    begun = gettext_noop("The cooperation with %(merchant)s on “%(product)s” has begun.")
    tell_poster(application, "accepted", begun, url=url)
    return cooperation


def through(application: Application) -> Through:
    return Through(Door.RECRUITING, ref=str(application.pk), source=str(application.post_id))


def terms_of(application: Application) -> Terms:
    post, product = application.post, application.product
    return Terms(
        title=product.name,
        scope=scope_of(application),
        monthly_fee_fen=0,
        share_bp=application.commission_bp,
        starts_on=max(post.live_on, clock.today()),
        term_months=post.term_months,
        category_ids=[product.category.parent_id or product.category_id],
    )


def scope_of(application: Application) -> str:
    """What both read in the cooperation, in the platform's first language."""
    post = application.post
    with translation.override("zh-hans"):
        lines = [
            _("Product: %(name)s (%(number)s), %(price)s.")
            % {
                "name": application.product.name,
                "number": application.product.number,
                "price": Money(application.price_fen).short,
            },
            _("Shown in: %(carrier)s, first on %(day)s.")
            % {"carrier": post.get_carrier_display(), "day": post.live_on.isoformat()},
            _("Samples: %(n)s.") % {"n": application.samples},
        ]
        if application.is_exclusive:
            lines.append(_("The merchant promises that nobody else sells it meanwhile."))
    return "\n".join(map(str, lines))


def _still_stands(application: Application) -> None:
    """What may have changed since it was handed in: the pool, the rule of the day, a promise."""
    rules.can_offer_product(application.product).require()
    promised = ApplicationFields(
        commission_bp=application.commission_bp,
        samples=application.samples,
        is_exclusive=application.is_exclusive,
    )
    (match,) = match_products(application.post, [application.product], promised)
    rules.meets_thresholds([gap for gap in match.gaps if gap.code in STILL_ASKED]).require()
