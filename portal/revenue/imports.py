"""Files of orders, in the upstream format: an operator's, of many shops at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.files import register_purpose
from portal.core.imports import ImportKind, Row, Values, register_import
from portal.core.imports.kinds import folded
from portal.core.verdict import Flaw
from portal.revenue import rules, services
from portal.revenue.models import Feed
from portal.revenue.order_fields import EventFields
from portal.revenue.upstream import COLUMNS, EXAMPLES, Named

PURPOSE = "orders"
MOST_BYTES = 512 * 1024 * 1024
MOST_ROWS = 2_000_000
AT_ONCE = 2_000

register_purpose(PURPOSE, kinds=("csv", "xlsx"), max_bytes=MOST_BYTES)


def saved_headers() -> Mapping[str, str]:
    """What the columns of the feeds are called, as operators saved it."""
    return {
        folded(header): column
        for headers in Feed.objects.values_list("headers", flat=True)
        for header, column in headers.items()
    }


def check(actor: Actor, rows: Sequence[Row]) -> Iterator[tuple[int, Flaw]]:
    """What the service would refuse, each at its line. What lies in another batch is not seen
    before it is applied; then it is, and the row is told."""
    named = Named([row.values for row in rows])
    sound: list[tuple[Feed, EventFields]] = []
    for row in rows:
        flaws = list(named.flaws(row.values))
        yield from ((row.line, flaw) for flaw in flaws)
        if not flaws:
            sound.append((named.feed(row.values), named.fields(row.values, row.line)))
    for feed, events in _by_feed(sound):
        yield from services.flaws_of_orders(feed, events)


def apply(actor: Actor, rows: Sequence[Values]) -> int:
    """Raises OrderFaults."""
    named = Named(rows)
    if faults := [(place, flaw) for place, row in enumerate(rows) for flaw in named.flaws(row)]:
        raise services.OrderFaults(faults)
    events = [(named.feed(row), named.fields(row, place)) for place, row in enumerate(rows)]
    recorded = (
        services.record_orders(actor, feed=feed, events=some) for feed, some in _by_feed(events)
    )
    return sum(one.new for one in recorded)


def _by_feed(
    events: Sequence[tuple[Feed, EventFields]],
) -> Iterator[tuple[Feed, list[EventFields]]]:
    found: dict[str, tuple[Feed, list[EventFields]]] = {}
    for feed, event in events:
        found.setdefault(feed.code, (feed, []))[1].append(event)
    yield from found.values()


register_import(
    ImportKind(
        name="revenue.orders",
        title=_("Sales orders"),
        columns=COLUMNS,
        may=rules.can_import_orders,
        check=check,
        apply=apply,
        examples=EXAMPLES,
        about=_(
            "One row for each thing that happened to an order line. The same file again changes "
            "nothing; events may come in any order."
        ),
        purpose=PURPOSE,
        most_rows=MOST_ROWS,
        at_once=AT_ONCE,
        refusal=(services.OrderFaults,),
        aliases=saved_headers,
    )
)
