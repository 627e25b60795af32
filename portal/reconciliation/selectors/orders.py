"""A day of a feed: what the upstream says, the events that are here, and what the books say of
them. What is right on both sides is counted by the database; only the rest is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils.functional import cached_property

from portal.core import clock
from portal.ledger.models import Account
from portal.ledger.states import Kind, Track
from portal.reconciliation.engine import Aspect, Compared, Told, aspects, compare
from portal.reconciliation.fields import Count, Finding, Sum
from portal.reconciliation.models import Listing
from portal.reconciliation.selectors.queries import (
    ARRIVED,
    ELSEWHERE,
    HERE,
    LEFT,
    LISTED,
    OTHERWISE,
    TOLD,
)
from portal.reconciliation.states import Basis, Between, DifferenceKind
from portal.revenue.models import ControlTotal, Feed
from portal.revenue.order_states import CAUSE


class Booked(NamedTuple):
    """An event that the books tell otherwise, or in another month."""

    id: int
    event_id: str
    order: str
    line: str
    kind: str
    phase: int
    amount: int
    occurred_at: datetime
    waits: bool
    journals: int
    estimated: int
    real: int
    period: date | None

    @property
    def found(self) -> int:
        """What the books have of it, to be held against its amount."""
        if self.kind == "paid":
            return -self.estimated
        return -self.real if self.kind == "settled" else self.estimated + self.real

    @property
    def is_sound(self) -> bool:
        if self.waits:
            return False
        if self.kind == "paid":
            return (self.estimated, self.real) == (-self.amount, 0)
        if self.kind == "settled":
            return (self.estimated, self.real) == (self.amount, -self.amount)
        return self.found == self.amount and min(self.estimated, self.real) >= 0


class FeedCounting:
    """Counts one day of one feed; reads what it must, writes nothing."""

    def __init__(self, feed: Feed, day: date) -> None:
        self.feed, self.day = feed, day
        self.values = {
            "feed": feed.pk,
            "first": _midnight(day),
            "after": _midnight(day + timedelta(days=1)),
            "cause": CAUSE,
            **_accounts(),
        }

    def count(self) -> Count:
        arrived = Sum(*self._row(ARRIVED, self.values))
        wrong = [one.amount for one in self.otherwise if not one.is_sound]
        booked = Sum(arrived.events - len(wrong), arrived.fen - sum(wrong))
        counted = Count(Basis.NOTHING, arrived=arrived, booked=booked)
        counted.findings += self._of_books()
        listing = Listing.objects.filter(feed=self.feed, day=self.day, dropped_at=None).first()
        told = ControlTotal.objects.filter(feed=self.feed, day=self.day).first()
        if listing is not None:
            self._with_list(counted, listing, told)
        elif told is not None:
            self._with_total(counted, Sum(told.events, told.amount_fen))
        return counted

    # --- orders and books

    @cached_property
    def otherwise(self) -> list[Booked]:
        return [Booked(*row) for row in self._rows(OTHERWISE, self.values)]

    def _of_books(self) -> Iterator[Finding]:
        for one in self.otherwise:
            about = {"event_id": one.id, "subject": _subject(one.order, one.line)}
            said = _event_of(one.kind, one.phase)
            if one.waits:
                yield _of(Between.LEDGER, "status", one.id, expected=said, found="waits", **about)
            elif not one.is_sound:
                kind = "amount" if one.journals else "missing"
                sums = {"expected_fen": one.amount, "found_fen": one.found}
                yield _of(Between.LEDGER, kind, one.id, expected=said, **sums, **about)
            month = clock.day_of(one.occurred_at).replace(day=1)
            if one.period is not None and one.period > month:
                when = {"expected": f"{month:%Y-%m}", "found": f"{one.period:%Y-%m}"}
                amount = {"expected_fen": one.amount, "found_fen": one.amount}
                yield _of(Between.LEDGER, "timing", one.id, **when, **amount, **about)

    # --- upstream and orders

    def _with_total(self, counted: Count, told: Sum) -> None:
        """Only sums are known: what is missing has no name."""
        counted.basis, counted.expected = Basis.TOTAL, told
        events, fen = min(told.events, counted.booked.events), min(told.fen, counted.booked.fen)
        counted.sound = Sum(events, fen)
        counted.findings += _of_sums(told, counted.arrived, "total")

    def _with_list(self, counted: Count, listing: Listing, told: ControlTotal | None) -> None:
        listed = Sum(
            *self._row(
                "SELECT count(*), coalesce(sum(amount_fen), 0)::bigint"
                " FROM reconciliation_listedevent WHERE listing_id = %s",
                [listing.pk],
            )
        )
        counted.basis, counted.expected = Basis.LISTED, listed
        if told is not None:  # the list itself may be short
            announced = Sum(told.events, told.amount_fen)
            counted.findings += _of_sums(announced, listed, "list")
        missing, extra = self._left(listing)
        found = compare(missing, extra)
        found.extra = self._not_listed_elsewhere(found.extra, listing)
        counted.findings += _of_compared(found)
        counted.sound = self._sound(listed, found, {one.ref for one in extra})

    def _left(self, listing: Listing) -> tuple[list[Told], list[Told]]:
        """Of both sides, what has no equal on the other; here also of other days, where the list
        names it."""
        rows = self._rows(LEFT, self.values | {"listing": listing.pk})
        keys = [told for told, _here in rows if told is not None]
        told = [Told(*row) for row in self._rows(TOLD, [keys])] if keys else []
        keys = [here for _told, here in rows if here is not None]
        own = self._rows(f"{HERE} WHERE event.id = ANY(%s)", [keys]) if keys else []
        return told, [Told(*row) for row in (*own, *self._elsewhere(listing, told))]

    def _elsewhere(self, listing: Listing, told: Sequence[Told]) -> Sequence[tuple[Any, ...]]:
        if not told:
            return ()
        said = {
            "listing": listing.pk,
            "ids": [one.event_id for one in told],
            "orders": [one.order for one in told],
            "lines": [one.line for one in told],
        }
        found = self._rows(ELSEWHERE, self.values | said)
        wanted = {(one.order, one.line, one.kind, one.phase) for one in told}
        numbers = {one.event_id for one in told if one.event_id}
        return [
            row
            for row in dict.fromkeys(found)
            if row[1] in numbers or (row[2], row[3], row[4], row[5]) in wanted
        ]

    def _not_listed_elsewhere(self, extra: Sequence[Told], listing: Listing) -> list[Told]:
        own = [one for one in extra if one.day == self.day]
        asked = {
            "feed": self.feed.pk,
            "listing": listing.pk,
            "events": [one.ref for one in own],
        }
        others = {key for (key,) in self._rows(LISTED, asked)} if own else set()
        return [one for one in own if one.ref not in others]

    def _sound(self, listed: Sum, found: Compared, left: set[int]) -> Sum:
        """All that is listed, less what is not here, not as it should be, or not in the books."""
        wrong = {one.id for one in self.otherwise if not one.is_sound}
        lost = list(found.missing)
        for told, here in found.pairs:
            if here.ref in wrong or set(aspects((told, here))) - {Aspect.TIMING}:
                lost.append(told)
        unbooked = [one.amount for one in self.otherwise if one.id in wrong - left]
        events = listed.events - len(lost) - len(unbooked)
        return Sum(max(0, events), max(0, listed.fen - sum(t.amount for t in lost) - sum(unbooked)))

    # --- reading

    def _rows(self, query: str, values: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    def _row(self, query: str, values: Any) -> tuple[int, ...]:
        return tuple(self._rows(query, values)[0])


def _accounts() -> Mapping[str, int]:
    """Of order money, by track; 0 where nothing was posted yet."""
    rows = Account.objects.filter(party=None, kind=Kind.CLEARING).values_list("track", "pk")
    return {"estimated": 0, "settled": 0} | {Track(track).value: pk for track, pk in rows}


def _of_sums(expected: Sum, found: Sum, key: str) -> Iterator[Finding]:
    """Too few, too many, or as many of another amount."""
    if expected == found:
        return
    off = found.events - expected.events
    kind = "amount" if off == 0 else "missing" if off < 0 else "extra"
    yield Finding(
        Between.UPSTREAM,
        DifferenceKind(kind),
        key,
        subject=key,
        expected_fen=expected.fen,
        found_fen=found.fen,
        expected=str(expected.events),
        found=str(found.events),
    )


def _of_compared(found: Compared) -> Iterator[Finding]:
    for one in found.missing:
        said = _event_of(one.kind, one.phase)
        yield _row_of(one, "missing", expected_fen=one.amount, expected=said)
    for one in found.extra:
        said = _event_of(one.kind, one.phase)
        yield _row_of(one, "extra", found_fen=one.amount, found=said, event_id=one.ref)
    for told, here in found.pairs:
        sums = {"expected_fen": told.amount, "found_fen": here.amount, "event_id": here.ref}
        for aspect in aspects((told, here)):
            expected, said = _sides(aspect, told, here)
            yield _row_of(told, aspect, expected=expected, found=said, **sums)


def _sides(aspect: Aspect, told: Told, here: Told) -> tuple[str, str]:
    if aspect == Aspect.TIMING:
        return told.day.isoformat(), here.day.isoformat()
    return tuple(_event_of(one.kind, one.phase) for one in (told, here))  # type: ignore[return-value]  # two


def _row_of(one: Told, kind: str, **values: Any) -> Finding:
    subject = _subject(one.order, one.line)
    key = one.event_id or f"{subject} {_event_of(one.kind, one.phase)} {one.amount} {one.day}"
    return _of(Between.UPSTREAM, kind, key, subject=subject, **values)


def _of(between: Between, kind: str, key: object, **values: Any) -> Finding:
    return Finding(between, DifferenceKind(kind), str(key), **values)


def _subject(order: str, line: str) -> str:
    return f"{order}/{line}"


def _event_of(kind: str, phase: int) -> str:
    return f"{kind} {phase}" if phase else kind


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.SHANGHAI)
