"""A creator's four lines: where it stands, the next step in plain numbers, and what lifts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import clock
from portal.growth.engine import MOST_LEVELS, Place, place_on
from portal.growth.models import LevelStep, LevelStepQuerySet, LineStanding
from portal.growth.selectors.ruleset import rules_on
from portal.growth.selectors.words import in_words
from portal.growth.states import MEASURED
from portal.parties.models import Party
from portal.rewards.states import Line

MORE = {
    Line.LIVE: gettext_lazy("%(missing)s more live sessions within 30 days bring level %(level)s."),
    Line.FOLLOWERS: gettext_lazy("%(missing)s more shopping followers bring level %(level)s."),
    Line.VALUE: gettext_lazy(
        "%(missing)s more settled net GMV within three months brings level %(level)s."
    ),
    Line.EFFICIENCY: gettext_lazy(
        "%(missing)s more from every thousand views brings level %(level)s."
    ),
}
# What to do where nothing is known yet: the sentence, and the page where it is done.
FIRST = {
    Line.LIVE: (
        gettext_lazy("Go live once: the platform tells of it, and the next night counts it."),
        "gate_detail",
        gettext_lazy("May I share goods?"),
    ),
    Line.FOLLOWERS: (
        gettext_lazy(
            "Put one product in your window: whoever buys and follows is counted from that day."
        ),
        "product_pool",
        gettext_lazy("Choose a product"),
    ),
    Line.VALUE: (
        gettext_lazy("Sell one product and let the return window pass: then the order is settled."),
        "product_pool",
        gettext_lazy("Choose a product"),
    ),
    Line.EFFICIENCY: (
        gettext_lazy(
            "The platform tells your GMV of a thousand views (GPM) after your first sales; your "
            "own word is shown there, and does not count here."
        ),
        "figures_detail",
        gettext_lazy("See what is known"),
    ),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A task that lifts a line; `text`: what it asks and brings, or the next step; `verb`: what its
    button says."""

    title: str
    text: str
    url: str
    verb: str


Offers = Callable[[Party], Mapping[str, Sequence[Offer]]]
_sources: list[Offers] = []


def register_offers(source: Offers) -> Offers:
    """`source` is asked with a creator: by line, what it can take up now, the best first."""
    _sources.append(source)
    return source


@dataclass(frozen=True, slots=True)
class LinePath:
    line: Line
    place: Place
    standing: LineStanding | None
    floors: Sequence[int]
    offers: Sequence[Offer] = field(default_factory=tuple)

    @property
    def is_known(self) -> bool:
        return self.place.value is not None

    @property
    def measured(self) -> str:
        return str(MEASURED[self.line])

    @property
    def value(self) -> str:
        return in_words(self.line, self.place.value)

    @property
    def asked(self) -> str:
        return in_words(self.line, self.place.asked)

    @property
    def next(self) -> str:
        """The next step in one sentence."""
        if self.place.is_last:
            return _("The last level is yours; it stays.")
        if not self.is_known:
            return str(FIRST[self.line][0])
        missing = in_words(self.line, self.place.missing)
        return str(MORE[self.line]) % {"missing": missing, "level": self.place.level + 1}

    @property
    def door(self) -> tuple[str, str]:
        """Where the next step is taken, and what the button says."""
        if self.offers:
            return self.offers[0].url, self.offers[0].verb
        _text, name, verb = FIRST[self.line]
        return reverse(name), str(verb)

    @property
    def rungs(self) -> list[tuple[int, str, bool]]:
        """Each level: its number, what it asks, and whether it is held."""
        return [
            (level, in_words(self.line, floor), level <= self.place.level)
            for level, floor in enumerate(self.floors, start=1)
        ]


def paths_of(party: Party) -> list[LinePath]:
    """The four in their order; empty before any rules hold."""
    rules = rules_on(clock.today())
    if rules is None:
        return []
    known = {row.line: row for row in LineStanding.objects.filter(party=party)}
    offers = _offers(party)
    return [
        _path(line, known.get(line.value), rules.ladders[line.value], offers.get(line.value, ()))
        for line in Line
    ]


def _path(
    line: Line, row: LineStanding | None, floors: Sequence[int], offers: Sequence[Offer]
) -> LinePath:
    held, value = (row.level, row.value) if row is not None else (0, None)
    return LinePath(line, place_on(floors, held, value), row, floors, offers)


def _offers(party: Party) -> dict[str, list[Offer]]:
    found: dict[str, list[Offer]] = {}
    for source in _sources:
        for line, offers in source(party).items():
            found.setdefault(line, []).extend(offers)
    return found


def next_line(paths: Sequence[LinePath]) -> LinePath | None:
    """Where the next level is nearest; None where every level is held. What is not known comes
    last: nobody knows how far it is."""
    open_ones = [one for one in paths if not one.place.is_last]
    return max(open_ones, key=lambda one: (one.is_known, one.place.percent), default=None)


def steps_of(party: Party) -> LevelStepQuerySet:
    return LevelStep.objects.filter(party=party, level__lte=MOST_LEVELS).order_by("-day", "-pk")
