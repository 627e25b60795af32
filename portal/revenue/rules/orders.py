"""Who brings orders in, and which of their rows can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, forbidden
from portal.parties.states import MANAGING, PartyKind
from portal.revenue.engine import PLATFORM, PLATFORM_FEE
from portal.revenue.models import ROLES, Feed, OrderLine
from portal.revenue.order_fields import EventFields
from portal.revenue.order_states import EventKind

EARNERS = frozenset({"creator", "agency"})  # who divide one commission


def can_import_orders(actor: Actor) -> Verdict:
    """By files, of any feed."""
    if actor.role == SYSTEM or actor.has_perm("revenue.import_orders"):
        return ALLOWED
    return forbidden(_("Only operators of the platform's money may bring orders in."))


def can_bring_orders(actor: Actor, feed: Feed) -> Verdict:
    """Operators, and the owners and managers of the party that was named for this feed."""
    if can_import_orders(actor):
        return ALLOWED
    if not actor.speaks_for(feed.party_id):
        return forbidden(_("Your party was not named to bring this feed in."))
    if actor.role not in MANAGING:
        return forbidden(_("Only the owner or a manager may bring orders in."))
    return ALLOWED


def can_see_completeness(actor: Actor, feed: Feed) -> Verdict:
    """Operators who see orders, and whoever brings this feed in."""
    if can_see_all_orders(actor):
        return ALLOWED
    return can_bring_orders(actor, feed)


def flaws_of_total(day: date, events: int, amount_fen: int) -> Iterator[Flaw]:
    """Of what a feed says it sent for a day."""
    if day > clock.today():
        yield Flaw("day", _("This day is still to come."))
    for name, value in (("events", events), ("amount_fen", amount_fen)):
        if value < 0:
            yield Flaw(name, _("This is never below zero."))


def flaws_of_event(feed: Feed, event: EventFields) -> Iterator[Flaw]:
    """Of one event by itself; fields by the columns of a file."""
    bringer = feed.party
    if bringer and bringer.kind == PartyKind.MERCHANT and bringer.pk != event.facts.merchant_id:
        yield Flaw("shop", _("This feed is of the shops of its own merchant only."))
    if event.kind == EventKind.SETTLED and not event.phase:
        yield Flaw("phase", _("What settled has its phase: 1, 2, …"))
    if event.kind != EventKind.SETTLED and event.phase:
        yield Flaw("phase", _("Only what settled has a phase; leave it empty."))
    for name in ("gross", "shop_coupon", "platform_coupon", "freight"):
        if getattr(event, name) < 0:
            yield Flaw(name, _("An amount is never below zero; a refund is a row of its own."))
    if event.kind == EventKind.PAID and event.gross == 0:
        yield Flaw("gross", _("Nothing was paid."))


def can_list_orders(actor: Actor) -> Verdict:
    if actor.party is None:
        return forbidden(_("Register a party first."))
    return ALLOWED


def can_see_all_orders(actor: Actor) -> Verdict:
    if actor.has_perm("revenue.view_orderline"):
        return ALLOWED
    return forbidden(_("Only operators with this right see all orders."))


def roles_read(actor: Actor, line: OrderLine) -> frozenset[str]:
    """Whose shares of a line somebody reads. Who pays all of them, and operators, read all; a
    creator and its agency each other's, because they divide one commission; others their own."""
    if actor.party_id == line.merchant_id or can_see_all_orders(actor):
        return frozenset(ROLES)
    own = frozenset(role for role in ROLES if line.party_id_of(role) == actor.party_id)
    return own | EARNERS if own & EARNERS else own


def reads_share(roles: frozenset[str], role: str, part: str) -> bool:
    """`role`: of whom the share is; `part`: the code of its component. The platform's fee on the
    order is public; its fee on the commission would tell the commission."""
    if role == PLATFORM:
        return part == PLATFORM_FEE or bool(roles & EARNERS)
    return role in roles
