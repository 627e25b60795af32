"""From a brief to an accepted quote, which is a cooperation; or to a no."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_noop

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.rules import product_among
from matchmaking.content import rules, states
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.models import ContentOrder
from matchmaking.content.services.changes import change_status, lock_order, tell_other
from matchmaking.content.states import OrderStatus
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.services import begin_at_once, open_cooperation
from matchmaking.cooperation.states import Door
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import flawless
from portal.parties.models import Party
from portal.parties.services import lock_party


@transaction.atomic
def order_content(actor: Actor, *, maker: Party, fields: BriefFields) -> ContentOrder:
    """A brief; who would make it has three days to quote."""
    if actor.party is not None:
        lock_party(actor.party)  # two at once are counted one after the other
    rules.can_order_content(actor, maker).require()
    rules.brief_is_sound(fields).require()
    assert actor.party is not None  # the rule saw one
    product = product_among(Product.objects.nameable(actor.party.pk), fields.product_id)
    order = ContentOrder.objects.create(
        merchant=actor.party,
        maker=maker,
        title=fields.title.strip(),
        brief=fields.brief.strip(),
        product=product.name,
        goods=product,
        source=fields.source,
        carrier=fields.carrier,
        wanted_on=fields.wanted_on,
        asked_by=actor.user,
        asked_at=clock.now(),
        due_at=clock.now() + states.QUOTE_WITHIN,
    )
    audit.record(actor, "order_content", order, after={"maker": maker.pk, "source": order.source})
    tell_other(actor, order, "asked", gettext_noop("%(other)s asks you for a quote: “%(title)s”."))
    return order


@transaction.atomic
def quote_order(actor: Actor, *, order: ContentOrder, fields: QuoteFields) -> ContentOrder:
    """The merchant has seven days to accept."""
    order = lock_order(order)
    rules.can_quote(actor, order).require()
    rules.quote_is_sound(fields).require()
    order.fee_fen, order.share_bp = fields.fee_fen, fields.share_bp
    order.revisions, order.quote_note = fields.revisions, fields.note.strip()
    order.quoted_at = clock.now()
    order.due_at = clock.now() + states.ANSWER_WITHIN
    change_status(actor, order, OrderStatus.QUOTED, "quote_content")
    tell_other(
        actor, order, "quoted", gettext_noop("%(other)s quoted “%(title)s”. Answer in 7 days.")
    )
    return order


@transaction.atomic
def accept_quote(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    """From now on it is a cooperation with its paper, which runs: the work begins today."""
    order = lock_order(order)
    rules.can_accept_quote(actor, order).require()
    order.cooperation = open_cooperation(
        actor,
        door=Through(Door.CONTENT, str(order.pk), str(order.pk)),
        merchant=order.merchant,
        provider=order.maker,
        terms=_terms(order),
        products=[order.goods] if order.goods else (),
    )
    begin_at_once(actor, cooperation=order.cooperation)
    order.due_at = _end_of(order.wanted_on)
    change_status(actor, order, OrderStatus.ACCEPTED, "accept_quote")
    tell_other(
        actor, order, "accepted", gettext_noop("%(other)s accepted your quote: “%(title)s”.")
    )
    return order


def _terms(order: ContentOrder) -> Terms:
    """Whole months from today, until the day it is wanted at least; the fee is paid once."""
    return Terms(
        title=order.title,
        scope=order.brief,
        monthly_fee_fen=order.fee_fen or 0,
        share_bp=order.share_bp or 0,
        starts_on=clock.today(),
        notice_days=states.NOTICE_DAYS,
        term_months=max(1, (order.wanted_on - clock.today()).days // 30 + 1),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


@transaction.atomic
def decline_order(actor: Actor, *, order: ContentOrder, reason: str) -> ContentOrder:
    order = lock_order(order)
    rules.can_decline_order(actor, order).require()
    flawless(rules.flaws_of_words("reason", reason)).require()
    order.reason = reason.strip()
    change_status(actor, order, OrderStatus.DECLINED, "decline_content")
    sentence = gettext_noop("%(other)s declined “%(title)s”: %(reason)s")
    tell_other(actor, order, "declined", sentence, reason=order.reason[:150])
    return order


@transaction.atomic
def withdraw_order(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    """The merchant its brief, the maker its quote; until it is accepted."""
    order = lock_order(order)
    rules.can_withdraw_order(actor, order).require()
    change_status(actor, order, OrderStatus.WITHDRAWN, "withdraw_content")
    tell_other(actor, order, "withdrawn", gettext_noop("%(other)s took “%(title)s” back."))
    return order
