"""From what happened to order lines to journals: what each event should have moved, less what is
in the books for it already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, Sum

from portal.core.actor import Actor
from portal.ledger.fields import Leg, Posting
from portal.ledger.models import Entry, Journal
from portal.ledger.services import Place, open_accounts, post_many
from portal.ledger.states import Kind, Track
from portal.revenue import engine
from portal.revenue.models import LineHold, OrderLine
from portal.revenue.models.holds import WHOLE_BP
from portal.revenue.order_states import CAUSE
from portal.revenue.services.order_lines import Happened, Known

CLEARING = "order"  # the part of the leg that everybody's shares come from
TRACKS = {str(track): track for track in Track}
Moved = dict[tuple[Place, str], int]  # by account and part, in fen
Key = tuple[int, str]  # account, part


def post_lines(actor: Actor, lines: Iterable[Known]) -> int:
    """Post what the events of these lines move and have not moved yet. How many journals."""
    lines = list(lines)
    held = _holds([known.line.pk for known in lines if not known.is_new])
    wanted: list[tuple[Happened, Moved]] = []
    for known in lines:
        if not known.moved:
            continue
        by_event: dict[int, tuple[Happened, Moved]] = {}
        shares = _Shares(known.line, held.get(known.line.pk, ()))
        for event, posting in known.moved:
            if event.pk not in by_event:
                by_event[event.pk] = event, defaultdict(int)
            shares.add(by_event[event.pk][1], posting)
        wanted += by_event.values()
    return _post(actor, wanted)


def _holds(lines: Sequence[int]) -> Mapping[int, list[LineHold]]:
    found: dict[int, list[LineHold]] = defaultdict(list)
    for hold in LineHold.objects.filter(line__in=lines).order_by("pk") if lines else ():
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
        assert line.terms is not None
        self.line, self.legs = line, line.terms.tree.legs
        self.places: dict[tuple[str, Track], Place] = {}
        self.held = {role for hold in holds if hold.released_at is None for role in hold.roles}
        self.returned = _returned(holds)
        self.sums: Counter[tuple[str, str]] = Counter()

    def add(self, moved: Moved, posting: engine.Posting) -> None:
        track = TRACKS[posting.track]
        goes_back = self.returned and track == Track.SETTLED
        for (component, role), amount in zip(self.legs, posting.amounts, strict=True):
            if not amount:
                continue
            back = self._back(component, role, amount) if goes_back else 0
            moved[self._place(role, track), component] += amount - back
            if back:
                merchant = self.line.party_id_of("merchant")
                moved[Place(merchant, Kind.SHARE, track), component] += back
        moved[Place(None, Kind.CLEARING, track), CLEARING] -= sum(posting.amounts)

    def _back(self, component: str, role: str, amount: int) -> int:
        """Of the sum so far, so that what is settled and refunded again leaves nothing."""
        share = self.returned.get(role, 0)
        before = self.sums[component, role]
        self.sums[component, role] = before + amount
        return (before + amount) * share // WHOLE_BP - before * share // WHOLE_BP

    def _place(self, role: str, track: Track) -> Place:
        if (role, track) not in self.places:
            self.places[role, track] = self._new_place(role, track)
        return self.places[role, track]

    def _new_place(self, role: str, track: Track) -> Place:
        if role == engine.PLATFORM:
            return Place(None, Kind.FEES, track)
        is_held = track == Track.SETTLED and role in self.held
        kind = Kind.HELD if is_held else Kind.SHARE
        return Place(self.line.party_id_of(role), kind, track)


def _post(actor: Actor, wanted: Sequence[tuple[Happened, Moved]]) -> int:
    """What comes in now is in no books yet."""
    posted, times = _posted([event.pk for event, _moved in wanted if not event.is_new])
    accounts = open_accounts(actor, places={place for _e, moved in wanted for place, _p in moved})
    postings = []
    for event, moved in wanted:
        due = {(accounts[place], part): amount for (place, part), amount in moved.items()}
        for key, amount in posted.get(event.pk, {}).items():
            due[key] = due.get(key, 0) - amount
        legs = [Leg(account, amount, part) for (account, part), amount in due.items() if amount]
        if legs:
            postings.append(_posting(event, times[event.pk], legs))
    return post_many(actor, postings=postings).posted


def _posted(events: Sequence[int]) -> tuple[Mapping[int, Mapping[Key, int]], Counter[int]]:
    """By event: what its journals moved, by account and part; and how many journals it has."""
    causes = list(map(str, events))
    journals = Journal.objects.filter(cause_type=CAUSE, cause_id__in=causes)
    counted = journals.values_list("cause_id").annotate(Count("id")) if causes else ()
    times = Counter({int(cause): number for cause, number in counted})
    sums: dict[int, dict[Key, int]] = defaultdict(dict)
    if times:
        rows = Entry.objects.filter(journal__in=journals)
        told = rows.values_list("journal__cause_id", "account_id", "part").annotate(Sum("amount"))
        for cause, account, part, amount in told:
            sums[int(cause)][account, part] = amount
    return sums, times


def _posting(event: Happened, times: int, legs: Sequence[Leg]) -> Posting:
    """A second one corrects the first: an earlier event was told later."""
    key = f"order/{event.pk}" + (f"/{times + 1}" if times else "")
    text = f"{event.line} {event.kind}" + (f" {event.phase}" if event.phase else "")
    return Posting(key, CAUSE, str(event.pk), event.occurred_at, text, legs)
