"""Every change to a content order: lock, ask the rule again, write, tell who has the next move."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.catalogue.models import Product
from matchmaking.catalogue.rules import product_among
from matchmaking.content import rules, states
from matchmaking.content.fees import bill_of, proof_of, raise_fee
from matchmaking.content.fields import BriefFields, QuoteFields
from matchmaking.content.files import PROOF
from matchmaking.content.models import ContentOrder
from matchmaking.content.states import OrderStatus
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import Terms
from matchmaking.cooperation.services import open_cooperation
from matchmaking.cooperation.states import Door
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.files import store_file, take_file
from portal.core.models import StoredFile
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.parties.models import Party
from portal.parties.services import lock_party, tell_party
from portal.revenue.bill_states import BillStatus
from portal.revenue.models import Bill
from portal.revenue.services import prove_payment

MOST = 500
FACTS = (
    *("status", "due_at", "fee_fen", "share_bp", "revisions", "quote_note", "quoted_at"),
    *(
        "cooperation",
        "draft_url",
        "shown_at",
        "revised",
        "revise_note",
        "approved_at",
        "paid_on",
        "proof",
    ),
    *("reason", "ended_at"),
)


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
    _tell(actor, order, "asked", gettext_noop("%(other)s asks you for a quote: “%(title)s”."))
    return order


@transaction.atomic
def quote_order(actor: Actor, *, order: ContentOrder, fields: QuoteFields) -> ContentOrder:
    """The merchant has seven days to accept."""
    order = _lock(order)
    rules.can_quote(actor, order).require()
    rules.quote_is_sound(fields).require()
    order.fee_fen, order.share_bp = fields.fee_fen, fields.share_bp
    order.revisions, order.quote_note = fields.revisions, fields.note.strip()
    order.quoted_at = clock.now()
    order.due_at = clock.now() + states.ANSWER_WITHIN
    _change_status(actor, order, OrderStatus.QUOTED, "quote_content")
    _tell(actor, order, "quoted", gettext_noop("%(other)s quoted “%(title)s”. Answer in 7 days."))
    return order


@transaction.atomic
def accept_quote(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    """From now on it is a cooperation, with its paper."""
    order = _lock(order)
    rules.can_accept_quote(actor, order).require()
    order.cooperation = open_cooperation(
        actor,
        door=Through(Door.CONTENT, str(order.pk), str(order.pk)),
        merchant=order.merchant,
        provider=order.maker,
        terms=_terms(order),
        products=[order.goods] if order.goods else (),
    )
    order.due_at = _end_of(order.wanted_on)
    _change_status(actor, order, OrderStatus.ACCEPTED, "accept_quote")
    _tell(actor, order, "accepted", gettext_noop("%(other)s accepted your quote: “%(title)s”."))
    return order


def _terms(order: ContentOrder) -> Terms:
    """A month from today, or from the day it is wanted."""
    return Terms(
        title=order.title,
        scope=order.brief,
        monthly_fee_fen=order.fee_fen or 0,
        share_bp=order.share_bp or 0,
        starts_on=clock.today(),
        term_months=max(1, (order.wanted_on - clock.today()).days // 30 + 1),
    )


@transaction.atomic
def decline_order(actor: Actor, *, order: ContentOrder, reason: str) -> ContentOrder:
    order = _lock(order)
    rules.can_decline_order(actor, order).require()
    flawless(rules.flaws_of_words("reason", reason)).require()
    order.reason = reason.strip()
    _change_status(actor, order, OrderStatus.DECLINED, "decline_content")
    sentence = gettext_noop("%(other)s declined “%(title)s”: %(reason)s")
    _tell(actor, order, "declined", sentence, reason=order.reason[:150])
    return order


@transaction.atomic
def withdraw_order(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    """The merchant its brief, the maker its quote; until it is accepted."""
    order = _lock(order)
    rules.can_withdraw_order(actor, order).require()
    _change_status(actor, order, OrderStatus.WITHDRAWN, "withdraw_content")
    _tell(actor, order, "withdrawn", gettext_noop("%(other)s took “%(title)s” back."))
    return order


@transaction.atomic
def show_piece(actor: Actor, *, order: ContentOrder, draft_url: str) -> ContentOrder:
    """The merchant has five days to approve it; silence approves."""
    order = _lock(order)
    rules.can_show_piece(actor, order).require()
    flawless(rules.flaws_of_piece(draft_url)).require()
    order.draft_url = draft_url.strip()
    order.shown_at = order.shown_at or clock.now()
    order.due_at = clock.now() + states.APPROVE_WITHIN
    _change_status(actor, order, OrderStatus.PRODUCED, "show_piece")
    sentence = gettext_noop("%(other)s shows you “%(title)s”. Approve it within 5 days.")
    _tell(actor, order, "produced", sentence)
    return order


@transaction.atomic
def ask_revision(actor: Actor, *, order: ContentOrder, note: str) -> ContentOrder:
    order = _lock(order)
    rules.can_ask_revision(actor, order).require()
    flawless(rules.flaws_of_words("note", note)).require()
    order.revise_note, order.revised = note.strip(), order.revised + 1
    order.due_at = clock.now() + states.APPROVE_WITHIN
    _change_status(actor, order, OrderStatus.REVISING, "ask_revision")
    sentence = gettext_noop("%(other)s asks for a change of “%(title)s”: %(note)s")
    _tell(actor, order, "revising", sentence, note=order.revise_note[:150])
    return order


@transaction.atomic
def approve_piece(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    """The fee is due within ten days; a share comes by order lines."""
    order = _lock(order)
    rules.can_approve_piece(actor, order).require()
    _approve(actor, order, "approve_piece")
    return order


@transaction.atomic
def show_payment(
    actor: Actor, *, order: ContentOrder, paid_on: date, proof: UploadedFile | UUID
) -> ContentOrder:
    """The merchant shows that it paid, and with that its bill; finance looks for it in the bank's
    rows. `proof`: a file, or the id of one's own upload of the purpose `bill-proof`."""
    order = _lock(order)
    rules.can_show_payment(actor, order).require()
    if paid_on > clock.today():
        flawless([Flaw("paid_on", _("Not in the future."))]).require()
    order.proof, order.paid_on = _shown(actor, order, paid_on, proof), paid_on
    order.due_at = clock.now() + states.ANSWER_WITHIN
    _change_status(actor, order, OrderStatus.PAID, "show_payment")
    sentence = gettext_noop("%(other)s paid for “%(title)s”. Confirm that it arrived.")
    _tell(actor, order, "paid", sentence)
    return order


def _shown(
    actor: Actor, order: ContentOrder, paid_on: date, proof: UploadedFile | UUID
) -> StoredFile:
    bill = bill_of(order)
    if bill is not None and bill.status == BillStatus.OPEN:
        prove_payment(actor, bill=bill, file=proof, paid_on=paid_on)
        return proof_of(bill)
    if isinstance(proof, UploadedFile):  # of an order that is older than its bill would be
        proof = store_file(actor, upload=proof, purpose=PROOF, party_id=actor.party_id).pk
    return take_file(actor, file_id=proof, purpose=PROOF)


@transaction.atomic
def confirm_payment(actor: Actor, *, order: ContentOrder) -> ContentOrder:
    order = _lock(order)
    rules.can_confirm_payment(actor, order).require()
    _change_status(actor, order, OrderStatus.CLOSED, "confirm_payment")
    _tell(actor, order, "closed", gettext_noop("%(other)s confirmed the payment of “%(title)s”."))
    return order


def sweep_orders(actor: Actor) -> int:
    """Unanswered briefs and quotes, and pieces nobody objected to; how many changed."""
    due = ContentOrder.objects.filter(
        due_at__lte=clock.now(), status__in=[*states.BEFORE, OrderStatus.PRODUCED]
    )
    keys = list(due.order_by("due_at").values_list("pk", flat=True)[:MOST])
    return sum(_sweep(actor, pk) for pk in keys) + follow_bills(actor)


@transaction.atomic
def _sweep(actor: Actor, pk: Any) -> bool:
    order = _lock(ContentOrder.objects.get(pk=pk))
    if order.due_at > clock.now():
        return False
    if order.status == OrderStatus.PRODUCED:
        _approve(actor, order, "take_piece_as_approved")
        return True
    if order.status not in states.BEFORE:
        return False
    _change_status(actor, order, OrderStatus.EXPIRED, "expire_content")
    _tell(actor, order, "expired", gettext_noop("Nobody answered “%(title)s” in time."))
    return True


def follow_bills(actor: Actor) -> int:
    """What became of a fee's bill on its own page, or at finance's; how many orders changed."""
    waiting = ContentOrder.objects.filter(status__in=[OrderStatus.APPROVED, OrderStatus.PAID])
    keys = list(waiting.order_by("due_at").values_list("pk", flat=True)[:MOST])
    return sum(_follow(actor, pk) for pk in keys)


@transaction.atomic
def _follow(actor: Actor, pk: Any) -> bool:
    order = _lock(ContentOrder.objects.get(pk=pk))
    bill = bill_of(order)
    if bill is None or order.status not in (OrderStatus.APPROVED, OrderStatus.PAID):
        return False
    if bill.status in (BillStatus.PAID, BillStatus.WAIVED):
        _change_status(actor, order, OrderStatus.CLOSED, "close_content")
        return True
    return _follow_proof(actor, order, bill)


def _follow_proof(actor: Actor, order: ContentOrder, bill: Bill) -> bool:
    """Shown on the bill's page; or looked for, not found, and to be paid again."""
    is_shown = bill.status == BillStatus.PROVED
    if is_shown == (order.status == OrderStatus.PAID):
        return False
    order.proof = proof_of(bill) if is_shown else None
    order.paid_on = bill.paid_on
    order.due_at = clock.now() + (states.ANSWER_WITHIN if is_shown else states.PAY_WITHIN)
    status = OrderStatus.PAID if is_shown else OrderStatus.APPROVED
    _change_status(actor, order, status, "show_payment" if is_shown else "return_payment")
    return True


def _approve(actor: Actor, order: ContentOrder, verb: str) -> None:
    """A piece that is paid by its orders alone is closed with that."""
    order.approved_at = clock.now()
    order.due_at = clock.now() + states.PAY_WITHIN
    _change_status(actor, order, OrderStatus.APPROVED, verb)
    if order.fee_fen:
        raise_fee(actor, order)
    else:
        _change_status(actor, order, OrderStatus.CLOSED, "close_content")
    _tell(actor, order, "approved", gettext_noop("“%(title)s” is approved."))


def _change_status(actor: Actor, order: ContentOrder, status: OrderStatus, verb: str) -> None:
    if status not in states.TRANSITIONS[order.status]:
        raise Refused(conflict(_("This is not possible in the order's present state.")))
    before, order.status = order.status, status
    if status not in states.OPEN:
        order.ended_at = clock.now()
    order.save(update_fields=FACTS)
    audit.record(actor, verb, order, before={"status": before}, after={"status": status})


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


def _lock(order: ContentOrder) -> ContentOrder:
    rows = ContentOrder.objects.select_for_update(of=("self",))
    return rows.select_related("merchant__city", "maker__city", "cooperation__agreement").get(
        pk=order.pk
    )


def _tell(actor: Actor, order: ContentOrder, event: str, sentence: str, **params: str) -> None:
    """The side that did not act; both, where the clock did."""
    for side in (order.merchant, order.maker):
        if actor.speaks_for(side.pk):
            continue
        tell_party(
            side,
            event=f"content.{event}",
            key=f"content-{event}:{order.pk}:{side.pk}:{order.revised}",
            sentence=sentence,
            params={"title": order.title, "other": order.other_side(side.pk).name, **params},
            url=order.get_absolute_url(),
        )
