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
from portal.revenue.models import LineHold, OrderEvent, OrderLine
from portal.revenue.models.holds import WHOLE_BP
from portal.revenue.order_states import CAUSE
from portal.revenue.services.order_lines import Known

CLEARING = "order"  # the part of the leg that everybody's shares come from
Moved = dict[tuple[Place, str], int]  # by account and part, in fen


def post_lines(actor: Actor, lines: Iterable[Known]) -> int:
    """Post what the events of these lines move and have not moved yet. How many journals."""
    lines = list(lines)
    held = _holds(lines)
    wanted: list[tuple[OrderEvent, Moved]] = []
    for known in lines:
        by_event: dict[int, tuple[OrderEvent, Moved]] = {}
        shares = _Shares(known.line, held.get(known.line.pk, ()))
        for event, posting in known.moved:
            moved = by_event.setdefault(event.pk, (event, defaultdict(int)))[1]
            shares.add(moved, posting)
        wanted += by_event.values()
    return _post(actor, wanted)


def _holds(lines: Sequence[Known]) -> Mapping[int, list[LineHold]]:
    found: dict[int, list[LineHold]] = defaultdict(list)
    for hold in LineHold.objects.filter(line__in=[one.line.pk for one in lines]).order_by("pk"):
        found[hold.line_id].append(hold)
    return found


def _returned(holds: Sequence[LineHold]) -> Mapping[str, int]:
    """By role, what goes back by the outcomes so far: a dispute after them takes none away."""
    returned: dict[str, int] = defaultdict(int)
    for hold in holds:
        for role in hold.roles:
            returned[role] = max(returned[role], hold.returned_bp or 0)
    return returned


class _Shares:
    """Whose each part of a line is, event by event: held while a dispute is open, and partly the
    merchant's where its outcome said so."""

    def __init__(self, line: OrderLine, holds: Sequence[LineHold]) -> None:
        self.line = line
        self.held = {role for hold in holds if hold.released_at is None for role in hold.roles}
        self.returned = _returned(holds)
        self.sums: Counter[tuple[str, str]] = Counter()

    def add(self, moved: Moved, posting: engine.Posting) -> None:
        assert self.line.terms is not None
        track = Track(posting.track)
        legs = self.line.terms.tree.legs
        for (component, role), amount in zip(legs, posting.amounts, strict=True):
            if not amount:
                continue
            back = self._back(component, role, amount) if track == Track.SETTLED else 0
            moved[self._place(role, track), component] += amount - back
            moved[Place(None, Kind.CLEARING, track), CLEARING] -= amount
            if back:
                merchant = self.line.party_id_of("merchant")
                moved[Place(merchant, Kind.SHARE, track), component] += back

    def _back(self, component: str, role: str, amount: int) -> int:
        """Of the sum so far, so that what is settled and refunded again leaves nothing."""
        share = self.returned.get(role, 0)
        before = self.sums[component, role]
        self.sums[component, role] = before + amount
        return (before + amount) * share // WHOLE_BP - before * share // WHOLE_BP

    def _place(self, role: str, track: Track) -> Place:
        if role == engine.PLATFORM:
            return Place(None, Kind.FEES, track)
        is_held = track == Track.SETTLED and role in self.held
        kind = Kind.HELD if is_held else Kind.SHARE
        return Place(self.line.party_id_of(role), kind, track)


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
    causes = list(map(str, events))
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
