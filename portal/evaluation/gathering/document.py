"""A method's `gathering`: how facts become its indicators, in figures. See
docs/evaluation-facts.md for each key. Every fault of a document is found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.core.textfiles.faults import Fault, gettext_noop
from portal.evaluation.engine.fields import Fields
from portal.evaluation.measures import MEASURES
from portal.evaluation.states import Fold
from portal.parties.states import PartyKind

KEYS = ("parties", "units", "windows", "merchant_share", "indicators", "bands", "gaming")
GATHERER_KEYS = ("measure", "fold", "window", "half_life", "none", "own_from")
BAND_KEYS = ("measure", "window", "steps", "own_from")
MOST_DAYS = 3 * 366


class Units(StrEnum):
    """Who is rated: a party in each of its service types, or a party as a whole."""

    SERVICE = "service"
    PARTY = "party"


class Folds(StrEnum):
    """The words of `states.Fold`, for the reader of documents."""

    DISTINCT = Fold.DISTINCT.value
    RATE = Fold.RATE.value
    MEAN = Fold.MEAN.value
    MEDIAN = Fold.MEDIAN.value
    SUM = Fold.SUM.value
    LATEST = Fold.LATEST.value
    EFFECTIVE = Fold.EFFECTIVE.value
    DECAYED = Fold.DECAYED.value


class Kinds(StrEnum):
    PROVIDER = PartyKind.PROVIDER.value
    AGENCY = PartyKind.AGENCY.value


BY_COUNTERPART = frozenset({Folds.DISTINCT, Folds.EFFECTIVE})


@dataclass(frozen=True, slots=True)
class Window:
    """So many calendar months, or so many days, up to and including the last day."""

    months: int = 0
    days: int = 0

    def after(self, ends_on: date) -> date:
        """The last day that is too old."""
        return month_back(ends_on, self.months) if self.months else ends_on - timedelta(self.days)


def month_back(day: date, months: int) -> date:
    """The same day `months` before; of a month's last day, the last day of that month."""
    is_last = (day + timedelta(1)).day == 1
    count = day.year * 12 + day.month - 1 - months
    first = date(count // 12, count % 12 + 1, 1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return last if is_last or day.day > last.day else first.replace(day=day.day)


@dataclass(frozen=True, slots=True)
class Gatherer:
    """How one indicator is gathered. `half_life`: days, of the fold `decayed`. `none`: the value
    where there is no fact at all, for what the site watches so closely that no fact means none.
    `own_from`: the sample from which on this site's own facts stand alone; below it those brought
    in by a file or the API do, if there are any. None: all count together."""

    indicator: str
    measure: str
    fold: Folds
    window: Window
    half_life: float | None = None
    none: float | None = None
    own_from: float | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Size bands by the sum of a measure; each but the last says below how much it ends. `own_from`
    as an indicator's."""

    measure: str
    window: Window
    steps: tuple[tuple[str, float | None], ...]
    own_from: float | None = None

    def band_of(self, total: float) -> str:
        return next(code for code, below in self.steps if below is None or total < below)


@dataclass(frozen=True, slots=True)
class Gaming:
    """Thresholds of the rules against gaming, see `rules.gaming`."""

    refund_hours: float = 24
    payer_orders: int = 5
    payer_share: float = 20
    review_days: int = 30


@dataclass(frozen=True, slots=True)
class Gathering:
    """`merchant_share`: the most of an indicator's evidence that is one counterpart's, 0 to 1."""

    parties: Kinds
    units: Units
    merchant_share: float
    gatherers: Mapping[str, Gatherer]
    bands: Bands | None
    gaming: Gaming

    @property
    def measures(self) -> list[str]:
        """All that is read, in their order of the alphabet."""
        found = {one.measure for one in self.gatherers.values()}
        return sorted(found | ({self.bands.measure} if self.bands else set()))

    def since(self, ends_on: date) -> date:
        """The last day that is too old for every window."""
        return min((self.reach_of(one, ends_on) for one in self.measures), default=ends_on)

    def reach_of(self, measure: str, ends_on: date) -> date:
        """The last day that is too old for every reader of a measure."""
        windows = [one.window for one in self.gatherers.values() if one.measure == measure]
        if self.bands and self.bands.measure == measure:
            windows.append(self.bands.window)
        return min((window.after(ends_on) for window in windows), default=ends_on)


class GatheringFaults(ValueError):
    """A document that says not how to gather; `faults` has everything wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def parse_gathering(document: object, codes: Iterable[str] | None = None) -> Gathering:
    """`codes`: the indicators of the method it belongs to; None if they are not known. Raises
    `GatheringFaults`."""
    faults: list[Fault] = []
    fields = Fields.of(document, "$", KEYS, faults)
    gathering = _gathering(fields, codes) if fields is not None else None
    if faults or gathering is None:
        raise GatheringFaults(faults)
    return gathering


def _gathering(fields: Fields, codes: Iterable[str] | None) -> Gathering:
    parties = fields.choice("parties", Kinds, required=True) or Kinds.PROVIDER
    units = fields.choice("units", Units, required=True) or Units.SERVICE
    windows = _windows(fields)
    share = fields.number("merchant_share", required=True, least=1, most=100)
    gatherers = _gatherers(fields, windows, parties)
    if codes is not None:
        _check_codes(fields, gatherers, tuple(codes))
    return Gathering(
        parties=parties,
        units=units,
        merchant_share=(share or 100) / 100,
        gatherers={one.indicator: one for one in gatherers if one.measure},
        bands=_bands(fields, windows, parties),
        gaming=_gaming(fields),
    )


def _windows(fields: Fields) -> dict[str, Window]:
    if not fields.present("windows", True):
        return {}
    inside = fields.inside("windows", None)
    return {} if inside is None else {name: _length(inside, name) for name in inside.values}


def _length(inside: Fields, name: str) -> Window:
    one = inside.inside(name, ("months", "days"))
    months = one.whole("months", least=1, most=36) if one is not None else None
    days = one.whole("days", least=1, most=MOST_DAYS) if one is not None else None
    if one is None or (one.get("months") is None) == (one.get("days") is None):
        inside.fault(name, "window", gettext_noop("Say months or days, one of them."))
    return Window(months or 0, days or 0)


def _window(fields: Fields, windows: Mapping[str, Window]) -> Window:
    name = fields.text("window", required=True)
    if name is not None and name not in windows:
        known = ", ".join(windows)
        fields.fault(
            "window", "choice", gettext_noop("This must be one of: %(choices)s."), choices=known
        )
    return windows.get(name or "", Window(days=1))


def _measure(fields: Fields, kind: str) -> str:
    name = fields.text("measure", required=True)
    if name is None:
        return ""
    if name not in MEASURES:
        fields.fault("measure", "unknown", gettext_noop("There is no such measure."))
        return ""
    if kind not in MEASURES[name].kinds:
        fields.fault("measure", "kind", gettext_noop("This measure is not of these parties."))
    return name


def _gatherers(fields: Fields, windows: Mapping[str, Window], kind: str) -> list[Gatherer]:
    if not fields.present("indicators", True):
        return []
    inside = fields.inside("indicators", None)
    return list(_each_gatherer(inside, windows, kind)) if inside is not None else []


def _each_gatherer(inside: Fields, windows: Mapping[str, Window], kind: str) -> Iterator[Gatherer]:
    for code in inside.values:
        one = inside.inside(code, GATHERER_KEYS)
        if one is None:
            inside.present(code, True)
            continue
        measure = _measure(one, kind)
        fold = one.choice("fold", Folds, required=True) or Folds.MEAN
        half_life = one.number("half_life", required=fold == Folds.DECAYED, least=1)
        if fold != Folds.DECAYED:
            one.refuse_unless_null("half_life", gettext_noop("Only the fold “decayed” has one."))
        if fold in BY_COUNTERPART and measure and not MEASURES[measure].of_counterpart:
            one.fault("fold", "fold", gettext_noop("This measure names no counterparties."))
        none = one.number("none")
        own_from = one.number("own_from", least=1)
        window = _window(one, windows)
        yield Gatherer(code, measure, fold, window, half_life, none, own_from)


def _check_codes(fields: Fields, gatherers: Iterable[Gatherer], codes: tuple[str, ...]) -> None:
    """Each indicator of the method, and no other."""
    inside = fields.get("indicators")
    said = set(inside) if isinstance(inside, Mapping) else set()
    for code in codes:
        if code not in said:
            fields.fault("indicators", "required", gettext_noop("This is missing."), below=(code,))
    for code in sorted(said - set(codes)):
        message = gettext_noop("The method has no such indicator.")
        fields.fault("indicators", "unknown", message, below=(code,))


def _bands(fields: Fields, windows: Mapping[str, Window], kind: str) -> Bands | None:
    inside = fields.inside("bands", BAND_KEYS)
    if inside is None:
        return None
    measure, window = _measure(inside, kind), _window(inside, windows)
    own_from = inside.number("own_from", least=1)
    steps: list[tuple[str, float | None]] = []
    objects = list(inside.objects_of("steps", ("code", "below"), required=True))
    for at, one in enumerate(objects):
        is_last = at == len(objects) - 1
        below = one.number("below", required=not is_last)
        if is_last:
            one.refuse_unless_null("below", gettext_noop("The last band has no end."))
        elif steps and steps[-1][1] is not None and below is not None and below <= steps[-1][1]:
            one.fault("below", "order", gettext_noop("This must be above the one before."))
        code = one.name("code")
        if code in {earlier for earlier, _below in steps} or "/" in code:
            one.fault(
                "code", "code", gettext_noop("A band has a code of its own, without a slash.")
            )
        steps.append((code, None if is_last else below))
    return Bands(measure, window, tuple(steps), own_from) if steps else None


def _gaming(fields: Fields) -> Gaming:
    usual = Gaming()
    inside = fields.inside("gaming", ("refund_hours", "payer_orders", "payer_share", "review_days"))
    if inside is None:
        return usual
    refund_hours = inside.number("refund_hours", least=0, most=24 * 30)
    payer_orders = inside.whole("payer_orders", least=2)
    payer_share = inside.number("payer_share", least=0, most=100)
    review_days = inside.whole("review_days", least=0, most=366)
    return Gaming(
        refund_hours=usual.refund_hours if refund_hours is None else refund_hours,
        payer_orders=usual.payer_orders if payer_orders is None else payer_orders,
        payer_share=usual.payer_share if payer_share is None else payer_share,
        review_days=usual.review_days if review_days is None else review_days,
    )
