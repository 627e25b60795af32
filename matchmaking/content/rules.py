"""Who orders content from whom, and which steps are whose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matchmaking.content import states
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.models import CARRIERS, ContentOrder
from matchmaking.content.sources import source_is_allowed
from matchmaking.content.states import OrderStatus
from matchmaking.cooperation.rules import are_in_one_world, day_began, may_be_asked
from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.forms import MAX_FEN
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties.models import Party
from portal.parties.states import MANAGING, TRUSTED, PartyKind
from portal.policies.states import ProductSource

MAKERS = frozenset({PartyKind.CREATOR, PartyKind.AGENCY})
FURTHEST = timedelta(days=180)


def can_list_orders(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_order_content(actor: Actor, maker: Party) -> Verdict:
    """A verified merchant from a verified creator or agency."""
    party = actor.party
    if party is None or party.kind != PartyKind.MERCHANT:
        return forbidden(_("Merchants order content."))
    if actor.role not in MANAGING:
        return forbidden(_("Only the owner or a manager of the party may do this."))
    if maker.kind not in MAKERS:
        return unmet(_("Content is ordered from creators and agencies."))
    for one in (party, maker):
        if one.status not in TRUSTED:
            return conflict(_("“%(name)s” is not verified.") % {"name": one.name})
    if not (verdict := are_in_one_world(party, maker)):
        return verdict
    return may_be_asked(party, maker, by=_asked_by, of=_asked_of)


def _asked_by(party: Party) -> QuerySet[ContentOrder]:
    return ContentOrder.objects.filter(merchant=party, asked_at__gte=day_began())


def _asked_of(party: Party) -> QuerySet[ContentOrder]:
    return ContentOrder.objects.filter(maker=party, asked_at__gte=day_began())


def can_quote(actor: Actor, order: ContentOrder) -> Verdict:
    return _may(actor, order, OrderStatus.QUOTED, is_merchant=False)


def can_accept_quote(actor: Actor, order: ContentOrder) -> Verdict:
    if not (verdict := _may(actor, order, OrderStatus.ACCEPTED, is_merchant=True)):
        return verdict
    return source_is_allowed(order.source, order.carrier, max(order.wanted_on, clock.today()))


def can_decline_order(actor: Actor, order: ContentOrder) -> Verdict:
    """The brief by who would make it, the quote by the merchant."""
    is_merchant = order.status == OrderStatus.QUOTED
    return _may(actor, order, OrderStatus.DECLINED, is_merchant=is_merchant)


def can_withdraw_order(actor: Actor, order: ContentOrder) -> Verdict:
    """Each its own: the merchant its brief, the maker its quote."""
    is_merchant = order.status == OrderStatus.ASKED
    return _may(actor, order, OrderStatus.WITHDRAWN, is_merchant=is_merchant)


def can_show_piece(actor: Actor, order: ContentOrder) -> Verdict:
    return _may(actor, order, OrderStatus.PRODUCED, is_merchant=False)


def can_ask_revision(actor: Actor, order: ContentOrder) -> Verdict:
    if not (verdict := _may(actor, order, OrderStatus.REVISING, is_merchant=True)):
        return verdict
    if order.revised >= order.revisions:
        return conflict(_("The revisions of the quote are used up."))
    return ALLOWED


def can_approve_piece(actor: Actor, order: ContentOrder) -> Verdict:
    return _may(actor, order, OrderStatus.APPROVED, is_merchant=True)


def can_show_payment(actor: Actor, order: ContentOrder) -> Verdict:
    return _may(actor, order, OrderStatus.PAID, is_merchant=True)


def can_confirm_payment(actor: Actor, order: ContentOrder) -> Verdict:
    if not (verdict := _may(actor, order, OrderStatus.CLOSED, is_merchant=False)):
        return verdict
    if order.status != OrderStatus.PAID:
        return conflict(_("No payment was shown yet."))
    return ALLOWED


def _may(actor: Actor, order: ContentOrder, status: OrderStatus, *, is_merchant: bool) -> Verdict:
    if not order.has_side(actor.party_id) and actor.role != SYSTEM:
        return forbidden(_("This is between the two sides of the order."))
    if actor.role != SYSTEM and actor.role not in MANAGING:
        return forbidden(_("Only the owner or a manager of the party may do this."))
    if status not in states.TRANSITIONS[order.status]:
        return conflict(_("This is not possible in the order's present state."))
    side = order.merchant_id if is_merchant else order.maker_id
    if actor.role != SYSTEM and not actor.speaks_for(side):
        return conflict(_("This is for the other side to do."))
    return ALLOWED


# --- what is said ---------------------------------------------------------------------------------


def brief_is_sound(fields: BriefFields) -> Verdict:
    return flawless(flaws_of_brief(fields))


def flaws_of_brief(fields: BriefFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "title")
    for name, most in (("title", 80), ("brief", 3_000)):
        value = getattr(fields, name).strip()
        if not value:
            yield Flaw(name, _("Please fill this in."))
        elif len(value) > most:
            yield Flaw(name, _("At most %(n)s characters.") % {"n": f"{most:,}"})
    if fields.source not in ProductSource.values:
        yield Flaw("source", _("Choose one from the list."))
        return
    if fields.carrier not in dict(CARRIERS):
        yield Flaw("carrier", _("Choose one from the list."))
        return
    today = clock.today()
    if not today < fields.wanted_on <= today + FURTHEST:
        yield Flaw("wanted_on", _("Name a day within the next 180 days."))
    allowed = source_is_allowed(fields.source, fields.carrier, fields.wanted_on)
    if not allowed:
        yield Flaw("source", allowed.reason)


def quote_is_sound(fields: QuoteFields) -> Verdict:
    return flawless(flaws_of_quote(fields))


def flaws_of_quote(fields: QuoteFields) -> Iterator[Flaw]:
    if not fields.fee_fen and not fields.share_bp:
        yield Flaw("fee_fen", _("Ask for a fee, a share, or both."))
    if not 0 <= fields.fee_fen <= MAX_FEN:
        yield Flaw("fee_fen", _("From 0 on."))
    if not 0 <= fields.share_bp <= 5_000:
        yield Flaw("share_bp", _("From 0% to 50%."))
    if not 0 <= fields.revisions <= states.MOST_REVISIONS:
        yield Flaw("revisions", _("At most 3 revisions."))
    if len(fields.note) > 300:
        yield Flaw("note", _("At most 300 characters."))


def flaws_of_words(field: str, text: str) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw(field, _("Say why; the other side will read it."))
    elif len(text) > 300:
        yield Flaw(field, _("At most 300 characters."))


def flaws_of_piece(url: str) -> Iterator[Flaw]:
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or len(url) > 300:
        yield Flaw("draft_url", _("The address of the piece, beginning with https://."))
