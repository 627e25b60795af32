"""From what happened to order lines to journals: what each event should have moved, less what is
in the books for it already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Count, Sum

from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting
from portal.ledger.models import Entry, Journal
from portal.ledger.services import Place, open_accounts, post_many
from portal.ledger.states import Kind, Track
from portal.revenue import engine
from portal.revenue.models import OrderEvent, OrderLine
from portal.revenue.services.order_lines import Known

CAUSE = "order_event"
CLEARING = "order"  # the part of the leg that everybody's shares come from
Moved = dict[tuple[Place, str], int]  # by account and part, in fen


def post_lines(actor: Actor, lines: Iterable[Known]) -> int:
    """Post what the events of these lines move and have not moved yet. How many journals."""
    wanted: list[tuple[OrderEvent, Moved]] = []
    for known in lines:
        by_event: dict[int, tuple[OrderEvent, Moved]] = {}
        for event, posting in known.moved:
            moved = by_event.setdefault(event.pk, (event, defaultdict(int)))[1]
            _add(moved, known.line, posting)
        wanted += by_event.values()
    return _post(actor, wanted)


def _add(moved: Moved, line: OrderLine, posting: engine.Posting) -> None:
    assert line.terms is not None
    track = Track(posting.track)
    legs = line.terms.tree.legs
    for (component, role), amount in zip(legs, posting.amounts, strict=True):
        if amount:
            moved[_place(line, role, track), component] += amount
            moved[Place(None, Kind.CLEARING, track), CLEARING] -= amount


def _place(line: OrderLine, role: str, track: Track) -> Place:
    if role == engine.PLATFORM:
        return Place(None, Kind.FEES, track)
    return Place(line.party_id_of(role), Kind.SHARE, track)


def _post(actor: Actor, wanted: Sequence[tuple[OrderEvent, Moved]]) -> int:
    posted, times = _posted([event.pk for event, _moved in wanted])
    accounts = open_accounts(actor, places={place for _e, moved in wanted for place, _p in moved})
    postings = [
        posting
        for event, moved in wanted
        for posting in _postings(event, moved, posted[event.pk], times[event.pk], accounts)
    ]
    return post_many(actor, postings=postings).posted


def _posted(events: Sequence[int]) -> tuple[Mapping[int, Counter[tuple[int, str]]], Counter[int]]:
    """By event: what its journals moved, by account and part; and how many journals it has."""
    causes = [str(pk) for pk in events]
    journals = Journal.objects.filter(cause_type=CAUSE, cause_id__in=causes)
    times = Counter(
        {int(cause): n for cause, n in journals.values_list("cause_id").annotate(Count("id"))}
    )
    sums: dict[int, Counter[tuple[int, str]]] = defaultdict(Counter)
    if times:
        rows = Entry.objects.filter(journal__in=journals)
        told = rows.values_list("journal__cause_id", "account_id", "part").annotate(Sum("amount"))
        for cause, account, part, amount in told:
            sums[int(cause)][account, part] = amount
    return sums, times


def _postings(
    event: OrderEvent,
    moved: Moved,
    posted: Counter[tuple[int, str]],
    times: int,
    accounts: Mapping[Place, int],
) -> Iterator[Posting]:
    """One journal, or none where the books say it already. A second one corrects the first: an
    earlier event was told later."""
    due = Counter({(accounts[place], part): amount for (place, part), amount in moved.items()})
    due.subtract(posted)
    legs = [Leg(account, amount, part) for (account, part), amount in due.items() if amount]
    if legs:
        key = f"order/{event.pk}" + (f"/{times + 1}" if times else "")
        text = f"{event.line} {event.kind}" + (f" {event.phase}" if event.phase else "")
        yield Posting(key, CAUSE, str(event.pk), event.occurred_at, text, legs)
