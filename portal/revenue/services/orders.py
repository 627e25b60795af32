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
from portal.revenue import engine, rules
from portal.revenue.models import Feed, OrderLine
from portal.revenue.order_fields import EventFields, LineFacts
from portal.revenue.order_states import EventKind
from portal.revenue.services.order_lines import (
    Happened,
    Known,
    named,
    with_events,
    write_events,
)
from portal.revenue.services.order_postings import post_lines
from portal.revenue.services.terms import TermsBook, keep_terms
from portal.revenue.words import event_fault_in_words

Key = tuple[str, str]  # order, line
COLUMN_OF = {"gross_fen": "gross"}
FACTS = tuple(name for name in LineFacts._fields if name not in ("order", "line"))
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
    rows = Feed.objects.select_for_update(of=("self",), no_key=True).select_related("party")
    feed = rows.get(pk=feed.pk)
    rules.can_bring_orders(actor, feed).require()
    read = _read(feed, events)
    if read.faults:
        raise OrderFaults(read.faults)
    _write(feed, read)
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
    new: list[Happened]
    touched: list[Known]
    faults: list[Fault]
    book: TermsBook


def _read(feed: Feed, events: Sequence[EventFields]) -> _Read:
    lines = _known_lines(feed, {(one.facts.order, one.facts.line) for one in events})
    book = TermsBook(one.facts for one in events)
    read = _Read(lines, [], [], [], book)
    touched: dict[Key, list[tuple[EventFields, Happened]]] = defaultdict(list)
    ids = _known_ids(feed, events)
    rule = feed.rule
    for one in events:
        if flaws := list(rules.flaws_of_event(feed, one)):
            read.faults += [(one.row, flaw) for flaw in flaws]
            continue
        key = (one.facts.order, one.facts.line)
        known = lines.get(key) or lines.setdefault(key, _new_line(feed, one.facts))
        try:
            event = _event(rule, known.line, one)
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
                    _pay(known, one, book)
            elif same.said != event.said:
                raise ValueError(_another(same, event))
        except ValueError as error:
            read.faults.append((one.row, Flaw("event", str(error))))
    for key, rows in touched.items():
        read.touched.append(lines[key])
        read.faults += _faults_of(lines[key], rows)
    return read


def _known_lines(feed: Feed, keys: set[Key]) -> dict[Key, Known]:
    orders = sorted({order for order, _line in keys})
    rows = OrderLine.objects.filter(feed=feed, order__in=orders).select_related("terms")
    known = with_events(row for row in rows if (row.order, row.line) in keys)
    return {(one.line.order, one.line.line): one for one in known.values()}


def _known_ids(feed: Feed, events: Iterable[EventFields]) -> dict[str, Happened]:
    ids = [name for one in events for name in (one.event_id, one.refund_of) if name]
    return named(feed.pk, ids) if ids else {}


def _new_line(feed: Feed, facts: LineFacts) -> Known:
    return Known(OrderLine(feed_id=feed.pk, **facts._asdict()), [], is_new=True)


def _take(line: OrderLine, facts: LineFacts) -> None:
    for name in FACTS:
        setattr(line, name, getattr(facts, name))


def _event(rule: engine.BaseRule, line: OrderLine, one: EventFields) -> Happened:
    """Raises ValueError where the row cannot be of this line, or its amounts cannot be."""
    if line.merchant_id != one.facts.merchant_id:
        raise ValueError(_("This line is of another shop, as an earlier row says."))
    try:
        amount = engine.base_of(rule, one.gross, one.shop_coupon, one.platform_coupon, one.freight)
    except ValueError as error:
        raise ValueError(_("The coupons are more than the goods cost.")) from error
    return Happened(line, one.event_id, one.kind, one.phase, amount, one.occurred_at)


def _gives_back_a_refund(one: EventFields, ids: Mapping[str, Happened]) -> bool:
    of = ids.get(one.refund_of) if one.refund_of else None
    return of is not None and of.kind == EventKind.REFUNDED


def _same(known: Known, event: Happened, ids: Mapping[str, Happened]) -> Happened | None:
    """The event that this one says again: by its id, or as the same content without one. A phase
    settles once, and a line is paid once, whatever the ids."""
    if event.event_id and event.event_id in ids:
        return ids[event.event_id]
    for other in known.events:
        if event.kind == other.kind == EventKind.PAID:
            return other
        if event.kind == other.kind == EventKind.SETTLED and event.phase == other.phase:
            return other if event.amount_fen != other.amount_fen else _as_if(other, event)
        if not event.event_id and not other.event_id and event.said == other.said:
            return other
    return None


def _as_if(other: Happened, event: Happened) -> Happened:
    """The same phase with the same amount is one event, whenever the repetition says it was."""
    event.occurred_at = other.occurred_at
    return other


def _another(same: Happened, event: Happened) -> str:
    if event.event_id and same.event_id == event.event_id:
        return _("The id %(id)s is another event already.") % {"id": event.event_id}
    if event.kind == EventKind.PAID:
        return _("This line is paid already, otherwise.")
    return _("Phase %(phase)s settled with another amount already.") % {"phase": event.phase}


def _pay(known: Known, one: EventFields, book: TermsBook) -> None:
    """From now on it has its terms, as they were when it was paid."""
    try:
        resolved = book.resolve(one.facts, one.occurred_at)
    except engine.Unjoinable as error:
        raise ValueError(
            _("Its papers cannot be split together: %(why)s.") % {"why": _(str(error))}
        ) from error
    known.is_paid_now, line = True, known.line
    if known.events[1:] or not known.is_new:
        _take(line, one.facts)  # what was told before it was paid may have said less
    line.paid_at, line.terms = one.occurred_at, resolved.terms
    line.agency_id, line.provider_id = resolved.agency_id, resolved.provider_id
    line.leader_id = resolved.leader_id


def _faults_of(known: Known, rows: Sequence[tuple[EventFields, Happened]]) -> list[Fault]:
    """What the engine refuses, told where it stands among the rows that came in: as many as it
    takes for the others to stand without them."""
    given, faults = list(rows), list[Fault]()
    while True:
        try:
            known.follow()
        except engine.EventFault as fault:
            one, event = _to_blame(known.events[fault.event.row], given)
            given.remove((one, event))
            known.leave_out(event)
            field = COLUMN_OF.get(fault.field, fault.field)
            faults.append((one.row, Flaw(field, event_fault_in_words(fault))))
        else:
            return faults


def _to_blame(
    event: Happened, given: Sequence[tuple[EventFields, Happened]]
) -> tuple[EventFields, Happened]:
    """The event itself; where that stood before, what came in and left no room for it: that the
    line is paid, or else the last one of them."""
    itself = (pair for pair in given if pair[1] is event)
    latest = max(given, key=lambda pair: (pair[1].kind == EventKind.PAID, pair[0].row))
    return next(itself, latest)


def _write(feed: Feed, read: _Read) -> None:
    keep_terms(read.book.new.values())
    fresh = [known.line for known in read.touched if known.is_new]
    bulk.number(fresh)
    bulk.insert(fresh)
    _update([known for known in read.touched if not known.is_new])
    write_events(feed.pk, read.new, clock.now())


def _update(known: Sequence[Known]) -> None:
    """Most only moved on; no index is of that."""
    paid = [one.line for one in known if one.is_paid_now]
    bulk.update(paid, [*FACTS, "paid_at", "terms", "agency", "provider", "leader", *SUMS])
    bulk.update([one.line for one in known if not one.is_paid_now], SUMS)
