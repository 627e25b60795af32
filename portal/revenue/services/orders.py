"""Writing down what happened to orders, and posting what it moves. In any order, any number of
times: each event counts once, and the books come out the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils.translation import gettext as _

from portal.core import bulk, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw
from portal.revenue import engine, rules
from portal.revenue.models import Feed, OrderEvent, OrderLine
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import EventKind
from portal.revenue.services.order_lines import Known
from portal.revenue.services.order_postings import post_lines
from portal.revenue.services.terms import TermsBook, keep_terms
from portal.revenue.words import event_fault_in_words

Key = tuple[str, str]  # order, line
COLUMN_OF = {"gross_fen": "gross"}
FACTS = tuple(field.name for field in fields(LineFacts) if field.name not in ("order", "line"))
SUMS = ("paid_fen", "settled_fen", "refunded_fen")
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

    A line is what its paid event says of it, whatever came before. Two writers of one feed wait
    for each other, so what is read here stays so.
    """
    rows = Feed.objects.select_for_update(of=("self",)).select_related("party")
    feed = rows.get(pk=feed.pk)
    rules.can_bring_orders(actor, feed).require()
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
    """What `record_orders` would refuse; the others it would take. Writes nothing."""
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
        if flaws := list(rules.flaws_of_event(feed, one)):
            read.faults += [(one.row, flaw) for flaw in flaws]
            continue
        key = (one.facts.order, one.facts.line)
        known = lines.get(key) or lines.setdefault(key, _new_line(feed, one.facts))
        try:
            event = _event(feed, known, one)
            if _gives_back_a_refund(one, ids):
                sentence = _("What was given back cannot be given back again.")
                read.faults.append((one.row, Flaw("refund_of", sentence)))
                continue
            if (same := _same(known, event, ids)) is None:
                ids[event.event_id] = event
                known.events.append(event)
                read.new.append(event)
                touched[key].append((one, event))
                if event.kind == EventKind.PAID:
                    _pay(known.line, one, event, book)
                    known.is_paid_now = True
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
    ids = [name for one in events for name in (one.event_id, one.refund_of) if name]
    rows = OrderEvent.objects.filter(feed=feed, event_id__in=ids).select_related("line")
    return {row.event_id: row for row in rows}


def _new_line(feed: Feed, facts: LineFacts) -> Known:
    told = {name: getattr(facts, name) for name in FACTS}
    line = OrderLine(feed=feed, order=facts.order, line=facts.line, **told)
    return Known(line, [], is_new=True)


def _take(line: OrderLine, facts: LineFacts) -> None:
    for name in FACTS:
        setattr(line, name, getattr(facts, name))


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


def _gives_back_a_refund(one: EventFields, ids: Mapping[str, OrderEvent]) -> bool:
    of = ids.get(one.refund_of) if one.refund_of else None
    return of is not None and of.kind == EventKind.REFUNDED


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
            _("Its papers cannot be split together: %(why)s.") % {"why": _(str(error))}
        ) from error
    _take(line, one.facts)  # what was told before it was paid may have said less
    line.paid_at, line.terms = event.occurred_at, resolved.terms
    line.agency_id, line.provider_id = resolved.agency_id, resolved.provider_id
    line.leader_id = resolved.leader_id


def _faults_of(known: Known, rows: Sequence[tuple[EventFields, OrderEvent]]) -> list[Fault]:
    """What the engine refuses, told where it stands among the rows that came in: as many as it
    takes for the others to stand without them."""
    given = {id(event): (one, event) for one, event in rows}
    faults: list[Fault] = []
    while True:
        try:
            known.follow()
        except engine.EventFault as fault:
            one, event = given.pop(_to_blame(fault, given))
            known.leave_out(event)
            field = COLUMN_OF.get(fault.field, fault.field)
            faults.append((one.row, Flaw(field, event_fault_in_words(fault))))
        else:
            return faults


def _to_blame(fault: engine.EventFault, given: Mapping[int, tuple[EventFields, OrderEvent]]) -> int:
    """The event itself; where that stood before, what came in and left no room for it: that the
    line is paid, or else the last one of them."""
    if fault.event.row in given:
        return fault.event.row
    return max(given, key=lambda key: (given[key][1].kind == EventKind.PAID, given[key][0].row))


def _write(read: _Read) -> None:
    keep_terms(read.book.new.values())
    fresh = [known.line for known in read.touched if known.is_new]
    bulk.number(fresh)
    bulk.insert(fresh)
    _update([known for known in read.touched if not known.is_new])
    for event in read.new:
        event.line = event.line  # which has its key by now
    bulk.number(read.new)
    bulk.insert(read.new)


def _update(known: Sequence[Known]) -> None:
    """Most only moved on; no index is of that."""
    paid = [one.line for one in known if one.is_paid_now]
    bulk.update(paid, [*FACTS, "paid_at", "terms", "agency", "provider", "leader", *SUMS])
    bulk.update([one.line for one in known if not one.is_paid_now], SUMS)
