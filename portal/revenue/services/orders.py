"""Writing down what happened to orders, and posting what it moves. In any order, any number of
times: each event counts once, and the books come out the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw
from portal.revenue import engine
from portal.revenue.models import Feed, OrderEvent, OrderLine
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import EventKind
from portal.revenue.services.order_lines import Known
from portal.revenue.services.order_postings import post_lines
from portal.revenue.services.terms import TermsBook, keep_terms

Key = tuple[str, str]  # order, line
Fault = tuple[int, Flaw]  # the row of a file, and what is wrong with it


@dataclass(frozen=True, slots=True)
class Recorded:
    """`waiting`: events of lines that are not paid yet; they are posted once they are."""

    new: int
    repeated: int
    waiting: int
    postings: int


class OrderFaults(ValueError):
    """Events that cannot be; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(f"{row}: {flaw.sentence}" for row, flaw in faults))


@transaction.atomic
def record_orders(actor: Actor, *, feed: Feed, events: Sequence[EventFields]) -> Recorded:
    """Write the events that are new and post what they move, or refuse all of them (OrderFaults).

    Two writers of one feed wait for each other, so what is read here stays so.
    """
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    read = _read(feed, events)
    if read.faults:
        raise OrderFaults(read.faults)
    _write(read)
    return Recorded(
        new=len(read.new),
        repeated=len(events) - len(read.new),
        waiting=sum(row.line.paid_at is None for row in read.new),
        postings=post_lines(actor, read.touched),
    )


def flaws_of_orders(feed: Feed, events: Sequence[EventFields]) -> list[Fault]:
    """What `record_orders` would refuse; writes nothing."""
    return _read(feed, events).faults


@dataclass(slots=True)
class _Read:
    lines: dict[Key, Known]
    new: list[OrderEvent]
    touched: list[Known]
    faults: list[Fault]
    book: TermsBook


def _read(feed: Feed, events: Sequence[EventFields]) -> _Read:
    lines = _known_lines(feed, {(one.facts.order, one.facts.line) for one in events})
    book = TermsBook(one.facts for one in events)
    read = _Read(lines, [], [], [], book)
    touched: dict[Key, list[tuple[EventFields, OrderEvent]]] = defaultdict(list)
    ids = _known_ids(feed, events)
    for one in events:
        key = (one.facts.order, one.facts.line)
        known = lines.get(key) or lines.setdefault(key, _new_line(feed, one.facts))
        try:
            event = _event(feed, known, one)
            if (same := _same(known, event, ids)) is None:
                ids[event.event_id] = event
                known.events.append(event)
                read.new.append(event)
                touched[key].append((one, event))
                if event.kind == EventKind.PAID:
                    _pay(known.line, one, event, book)
            elif _said(same) != _said(event):
                raise ValueError(_another(same, event))
        except ValueError as error:
            read.faults.append((one.row, Flaw("event", str(error))))
    for key, rows in touched.items():
        read.touched.append(lines[key])
        read.faults += _faults_of(lines[key], rows)
    return read


def _said(event: OrderEvent) -> tuple[object, ...]:
    """What an event says of itself."""
    line = event.line
    moment = event.occurred_at
    return line.order, line.line, event.kind, event.phase, event.amount_fen, moment


def _known_lines(feed: Feed, keys: set[Key]) -> dict[Key, Known]:
    orders = sorted({order for order, _line in keys})
    rows = OrderLine.objects.filter(feed=feed, order__in=orders).select_related("terms")
    lines = {(row.order, row.line): Known(row, []) for row in rows if (row.order, row.line) in keys}
    by_pk = {known.line.pk: known for known in lines.values()}
    for event in OrderEvent.objects.filter(line__in=list(by_pk)):
        known = by_pk[event.line_id]
        event.line = known.line
        known.events.append(event)
    return lines


def _known_ids(feed: Feed, events: Iterable[EventFields]) -> dict[str, OrderEvent]:
    ids = [one.event_id for one in events if one.event_id]
    rows = OrderEvent.objects.filter(feed=feed, event_id__in=ids).select_related("line")
    return {row.event_id: row for row in rows}


def _new_line(feed: Feed, facts: LineFacts) -> Known:
    line = OrderLine(
        feed=feed,
        order=facts.order,
        line=facts.line,
        merchant_id=facts.merchant_id,
        creator_id=facts.creator_id,
        shop=facts.shop,
        account=facts.account,
        product=facts.product,
        category_id=facts.category_id,
        product_source=facts.product_source,
        carrier=facts.carrier,
        live=facts.live,
        buyer=facts.buyer,
    )
    return Known(line, [], is_new=True)


def _event(feed: Feed, known: Known, one: EventFields) -> OrderEvent:
    """Raises ValueError where the row cannot be of this line, or its amounts cannot be."""
    if known.line.merchant_id != one.facts.merchant_id:
        raise ValueError(_("This line is of another shop, as an earlier row says."))
    try:
        amount = engine.base_of(
            feed.rule, one.gross, one.shop_coupon, one.platform_coupon, one.freight
        )
    except ValueError as error:
        raise ValueError(_("The coupons are more than the goods cost.")) from error
    return OrderEvent(
        feed=feed,
        line=known.line,
        event_id=one.event_id,
        kind=one.kind,
        phase=one.phase,
        amount_fen=amount,
        occurred_at=one.occurred_at,
        recorded_at=clock.now(),
    )


def _same(known: Known, event: OrderEvent, ids: Mapping[str, OrderEvent]) -> OrderEvent | None:
    """The event that this one says again: by its id, or as the same content without one. A phase
    settles once, and a line is paid once, whatever the ids."""
    if event.event_id and event.event_id in ids:
        return ids[event.event_id]
    for other in known.events:
        if event.kind == other.kind == EventKind.PAID:
            return other
        if event.kind == other.kind == EventKind.SETTLED and event.phase == other.phase:
            return other if event.amount_fen != other.amount_fen else _as_if(other, event)
        if not event.event_id and not other.event_id and _said(event) == _said(other):
            return other
    return None


def _as_if(other: OrderEvent, event: OrderEvent) -> OrderEvent:
    """The same phase with the same amount is one event, whenever the repetition says it was."""
    event.occurred_at = other.occurred_at
    return other


def _another(same: OrderEvent, event: OrderEvent) -> str:
    if event.event_id and same.event_id == event.event_id:
        return _("The id %(id)s is another event already.") % {"id": event.event_id}
    if event.kind == EventKind.PAID:
        return _("This line is paid already, otherwise.")
    return _("Phase %(phase)s settled with another amount already.") % {"phase": event.phase}


def _pay(line: OrderLine, one: EventFields, event: OrderEvent, book: TermsBook) -> None:
    """From now on it has its terms, as they were when it was paid."""
    try:
        resolved = book.resolve(one.facts, event.occurred_at)
    except engine.Unjoinable as error:
        raise ValueError(
            _("Its papers cannot be split together: %(why)s.") % {"why": error}
        ) from error
    line.paid_at, line.terms = event.occurred_at, resolved.terms
    line.agency_id, line.provider_id = resolved.agency_id, resolved.provider_id
    line.leader_id = resolved.leader_id


def _faults_of(known: Known, rows: Sequence[tuple[EventFields, OrderEvent]]) -> list[Fault]:
    """What the engine refuses, told where it stands among the rows that came in."""
    try:
        known.follow()
    except engine.EventFault as fault:
        places = {id(event): one.row for one, event in rows}
        place = places.get(fault.event.row, max(one.row for one, _event in rows))
        return [(place, Flaw(fault.field, str(fault)))]
    return []


def _write(read: _Read) -> None:
    keep_terms(read.book.new.values())
    fresh = [known.line for known in read.touched if known.is_new]
    bulk.number(fresh)
    bulk.insert(fresh)
    _update([known.line for known in read.touched if not known.is_new])
    for event in read.new:
        event.line = event.line  # which has its key by now
    bulk.number(read.new)
    bulk.insert(read.new)


def _update(lines: Sequence[OrderLine]) -> None:
    changing = ("paid_at", "terms", "agency", "provider", "leader")
    OrderLine.objects.bulk_update(
        lines, [*changing, "paid_fen", "settled_fen", "refunded_fen"], batch_size=500
    )
