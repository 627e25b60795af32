"""What a bidder fits and lacks, before it writes: its own row in the merchant's order, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from matchmaking.engine.ranking import CandidatePool, Gap, gaps
from matchmaking.needs.models import Need
from matchmaking.needs.ranking.candidates import PARTS, asked_by
from matchmaking.needs.ranking.columns import Columns
from matchmaking.needs.ranking.dates import away_then
from matchmaking.needs.ranking.market import market_of
from matchmaking.needs.ranking.method import EXCLUSION_NAMES, STALE_AFTER_DAYS
from portal.core.money import Money
from portal.parties.models import Category, Party
from portal.parties.rules import Trade, barred
from portal.parties.states import PartyKind

SEPARATOR = "、"
PERMIT, LISTED, DATES = "permit", "listed", "dates"
SAID = {"service", "category", "region", "capacity", "followers", "roster"}  # in words of their own


@dataclass(frozen=True, slots=True)
class FitLine:
    """One thing the need asks for. `is_hard`: who lacks it stands outside the merchant's order."""

    code: str
    text: str
    is_met: bool
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    lines: list[FitLine] = field(default_factory=list)

    @property
    def met(self) -> list[FitLine]:
        return [line for line in self.lines if line.is_met]

    @property
    def lacking(self) -> list[FitLine]:
        """The hard ones first."""
        return sorted((x for x in self.lines if not x.is_met), key=lambda x: not x.is_hard)

    @property
    def is_in_order(self) -> bool:
        return not any(line.is_hard for line in self.lacking)


def fit_of(need: Need, party: Party) -> Fit:
    """By the conditions the order itself asks, on the row it reads. Whether one of the two blocked
    the other is never told."""
    market = market_of(PartyKind(need.seeks))
    found = np.flatnonzero(market.pool.ids == party.pk)
    if not len(found):
        text = _("You are not in the directory, so you are not in the merchant's order.")
        return Fit([FitLine(LISTED, text, is_met=False, is_hard=True), *_beside(need, party)])
    row, columns = _row(market.pool, int(found[0])), market.columns
    return Fit([*_Reading(need, columns, row).lines(), *_beside(need, party)])


def _row(pool: CandidatePool, at: int) -> CandidatePool:
    """A pool of this candidate alone."""
    columns: dict[str, Any] = {
        name: None if values is None else values[at : at + 1] for name, values in vars(pool).items()
    }
    return CandidatePool(**columns)


class _Reading:
    """One bidder against one need."""

    def __init__(self, need: Need, columns: Columns, row: CandidatePool) -> None:
        self.need, self.columns, self.row = need, columns, row
        self.profile, conditions = asked_by(need, columns)
        self.failed = {c.code for c in conditions if not c.passes(self.profile, row)[0]}
        found = gaps(self.profile, row, 0, stale_after_days=STALE_AFTER_DAYS)
        self.gaps: dict[str, Gap] = {gap.code: gap for gap in found}

    def lines(self) -> Iterator[FitLine]:
        yield from self._services()
        yield from self._categories()
        yield from self._parts()
        yield from self._region()
        yield from self._capacity()
        yield from self._price()
        yield from self._sizes()
        for code in sorted(self.failed - SAID):
            yield self._line(code, str(EXCLUSION_NAMES.get(code, code)), is_met=False)

    def _services(self) -> Iterator[FitLine]:
        lacking = set(self._lacking("service"))
        names = self.columns.services
        yield from self._named(
            "service",
            [str(names[c]) for c in sorted(self.profile.services - lacking)],
            [str(names[c]) for c in sorted(lacking)],
            _("You offer %(names)s"),
            _("You do not offer %(names)s"),
        )

    def _categories(self) -> Iterator[FitLine]:
        lacking = set(self._lacking("category"))
        asked = set(np.flatnonzero(self.profile.category_shares).tolist())
        names = self.columns.categories
        yield from self._named(
            "category",
            [str(names[c]) for c in sorted(asked - lacking)],
            [str(names[c]) for c in sorted(lacking)],
            _("You do business in %(names)s"),
            _("No share of your business is in %(names)s"),
        )

    def _parts(self) -> Iterator[FitLine]:
        if self.row.facts is None:
            return
        lacking = set(self._lacking("fact"))
        yield from self._named(
            "fact",
            [str(PARTS[c].label) for c in sorted(self.profile.facts - lacking)],
            [str(PARTS[c].label) for c in sorted(lacking)],
            _("You serve %(names)s"),
            _("Your profile does not name %(names)s"),
        )

    def _region(self) -> Iterator[FitLine]:
        if self.need.city is None:
            return
        if "region" in self.gaps:
            place = _("You do not work in %(city)s") % {"city": self.need.city}
            if self.need.accepts_remote:
                place = _("You work neither in %(city)s nor remotely") % {"city": self.need.city}
            yield self._line("region", place, is_met=False)
        else:
            yield self._line("region", _("You work where it is wanted"), is_met=True)

    def _capacity(self) -> Iterator[FitLine]:
        if "capacity" in self.failed:
            text = _("You say that you have no place for another cooperation")
            yield self._line("capacity", text, is_met=False)
        elif "capacity" in self.gaps:
            text = _("You have not said how much you can take on")
            yield self._line("capacity", text, is_met=False)
        elif self.row.places is not None:
            yield self._line("capacity", _("You have room for another cooperation"), is_met=True)

    def _price(self) -> Iterator[FitLine]:
        above, below = self.gaps.get("price_above"), self.gaps.get("price_below")
        if above is not None:
            text = _("Your prices begin %(amount)s a month above the budget")
            yield self._line("price", text % {"amount": _amount(above)}, is_met=False)
        elif below is not None:
            text = _("Your prices end %(amount)s a month below the budget")
            yield self._line("price", text % {"amount": _amount(below)}, is_met=False)
        elif self.profile.budget is not None:
            yield self._line("price", _("Your prices meet the budget"), is_met=True)

    def _sizes(self) -> Iterator[FitLine]:
        need, row = self.profile, self.row
        rosters = None if row.rosters is None else row.rosters[:, 0]
        for code, least, known, name in (
            ("followers", need.followers_least, row.reach, _("followers")),
            ("shopping", need.shopping_least, row.shopping, _("shopping followers")),
            ("roster", need.roster_least, rosters, _("creators under contract")),
        ):
            if not least:
                continue
            if known is None or np.isnan(known[0]):
                text = _("How many %(name)s you have is not known here") % {"name": name}
                yield FitLine(code, text, is_met=False)
                continue
            said = {"name": name, "n": f"{int(known[0]):,}", "least": f"{least:,}"}
            text = _("You have %(n)s %(name)s; at least %(least)s are asked for") % said
            is_met = bool(known[0] >= least)
            yield FitLine(code, text, is_met, is_hard=not is_met)

    def _named(
        self, code: str, has: Sequence[str], lacks: Sequence[str], said: str, missing: str
    ) -> Iterator[FitLine]:
        if has:
            yield self._line(code, said % {"names": SEPARATOR.join(has)}, is_met=True)
        if lacks:
            yield self._line(code, missing % {"names": SEPARATOR.join(lacks)}, is_met=False)

    def _lacking(self, code: str) -> Sequence[int]:
        gap = self.gaps.get(code)
        return gap.detail if gap else ()

    def _line(self, code: str, text: str, *, is_met: bool) -> FitLine:
        return FitLine(code, text, is_met, is_hard=not is_met and code in self.failed)


def _amount(gap: Gap) -> str:
    return Money(gap.detail[0]).short


def _beside(need: Need, party: Party) -> Iterator[FitLine]:
    """What the order asks beside its columns."""
    yield from _permits(need, party)
    if party.kind == PartyKind.CREATOR and party.free_times.ahead().exists():
        is_away = party.pk in away_then(need, [party.pk])
        text = _("You are not free in the time asked for") if is_away else _("You are free then")
        yield FitLine(DATES, text, is_met=not is_away, is_hard=is_away)


def _permits(need: Need, party: Party) -> Iterator[FitLine]:
    """Categories of the need that ask this kind of party for a permit it does not hold today."""
    wanted: list[Category] = list(need.categories.all())
    trades = [Trade(party.pk, party.kind, c.pk, c.parent_id) for c in wanted]
    without = {category for _party, category in barred(trades)}
    names = [category.name for category in wanted if category.pk in without]
    if names:
        text = _("You hold no permit for %(names)s") % {"names": SEPARATOR.join(names)}
        yield FitLine(PERMIT, text, is_met=False, is_hard=True)
