"""Gathering: everybody who is rated, with what their facts fold into."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.evaluation.gathering.document import Gatherer, Gathering, Units, Window, parse_gathering
from portal.evaluation.gathering.folds import fold
from portal.evaluation.gathering.reading import Facts, Row, read_facts
from portal.evaluation.models import Method
from portal.parties.models import ServiceType

WHOLE = 0  # the service of facts, and of units, that are of the whole party
Pile = Mapping[tuple[str, int], list[Row]]  # one party's rows, by measure and service


@dataclass(frozen=True, slots=True)
class GatheredValue:
    """What the facts of one indicator fold into. `sample` None: as good as any. `facts` counted,
    `struck` by a rule, `ungraded` left out as self-reported."""

    value: float | None
    sample: float | None
    facts: int = 0
    struck: int = 0
    ungraded: int = 0


@dataclass(frozen=True, slots=True)
class GatheredUnit:
    """A party in one of its service types, or as a whole (`service_id` None, `service` empty).
    `band`: of its size, empty where nothing settled is known. `values`: of every indicator."""

    party_id: int
    service_id: int | None
    service: str
    band: str
    is_home: bool
    values: Mapping[str, GatheredValue]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Units by party and service code. `facts_digest`: of every row read, column by column."""

    units: list[GatheredUnit]
    facts_digest: str
    facts_count: int


def gather(
    method: Method,
    *,
    ends_on: date,
    cut: datetime,
    parties: Collection[int] | None = None,
) -> Gathered:
    """Facts recorded up to `cut` whose last day is `ends_on` or before. Take a cut some minutes
    back: what is being recorded at this very moment would otherwise be in one day and not the
    next. `parties`: only these, with what was merged into them."""
    gathering = parse_gathering(method.gathering)
    facts = read_facts(gathering, ends_on=ends_on, cut=cut, parties=parties)
    codes = dict(ServiceType.objects.values_list("pk", "code"))
    return gathered_from(gathering, facts, ends_on=ends_on, codes=codes)


def gathered_from(
    gathering: Gathering, facts: Facts, *, ends_on: date, codes: Mapping[int, str]
) -> Gathered:
    """`codes`: of the service types, by key."""
    units = [
        unit
        for party_id, pile in piles(facts.rows).items()
        for unit in _units(gathering, party_id, pile, ends_on, codes)
    ]
    units.sort(key=lambda unit: (unit.party_id, unit.service))
    return Gathered(units, facts.digest, len(facts.rows))


def piles(rows: Iterable[Row]) -> dict[int, Pile]:
    found: defaultdict[int, defaultdict[tuple[str, int], list[Row]]]
    found = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.party][row.measure, row.service].append(row)
    return {party: dict(pile) for party, pile in found.items()}


def rows_of(gathering: Gathering, pile: Pile, service: int, gatherer: Gatherer) -> list[Row]:
    """Those of the service and those of the whole party; of a party as a whole, all."""
    if gathering.units is Units.SERVICE:
        own = pile.get((gatherer.measure, service), [])
        return own + pile.get((gatherer.measure, WHOLE), [])
    return [
        row
        for (measure, _service), rows in pile.items()
        if measure == gatherer.measure
        for row in rows
    ]


def within(rows: Iterable[Row], window: Window, ends_on: date) -> list[Row]:
    too_old = window.after(ends_on).toordinal()
    return [row for row in rows if row.day > too_old]


def of_one_source(rows: list[Row], own_from: float | None) -> list[Row]:
    """This site's own rows once they suffice, else what was brought in, else the few there are: a
    figure is never made of both, which may tell the same business twice."""
    own: list[Row] = []
    brought_in: list[Row] = []
    for row in rows:
        (own if row.is_own else brought_in).append(row)
    if own_from is None or not own or not brought_in:
        return rows
    suffices = sum([row.sample for row in own if row.is_counted]) >= own_from
    return own if suffices or not any(row.is_counted for row in brought_in) else brought_in


def _units(
    gathering: Gathering, party_id: int, pile: Pile, ends_on: date, codes: Mapping[int, str]
) -> Iterator[GatheredUnit]:
    own = _services(gathering, pile, ends_on)
    settled = _settled(gathering, pile, ends_on)
    band = gathering.bands.band_of(sum(settled.values())) if gathering.bands and settled else ""
    for service in own:
        yield GatheredUnit(
            party_id=party_id,
            service_id=service or None,
            service=codes[service] if service else "",
            band=band,
            is_home=service == _home(own, settled, codes),
            values={
                code: _value(gathering, gatherer, pile, service, ends_on)
                for code, gatherer in gathering.gatherers.items()
            },
        )


def _services(gathering: Gathering, pile: Pile, ends_on: date) -> dict[int, int]:
    """What the party is rated in → how many counted facts of its own that has: each service with
    at least one in the window of an indicator or of the size bands."""
    is_whole = gathering.units is Units.PARTY
    found: defaultdict[int, int] = defaultdict(int)
    for (measure, service), rows in pile.items():
        unit = WHOLE if is_whole else service
        if unit or is_whole:
            too_old = gathering.reach_of(measure, ends_on).toordinal()
            found[unit] += len([row for row in rows if row.is_counted and row.day > too_old])
    return {service: count for service, count in sorted(found.items()) if count}


def _settled(gathering: Gathering, pile: Pile, ends_on: date) -> dict[int, float]:
    """Service → what its size is measured by, where anything of it is known."""
    bands, found = gathering.bands, {}
    if bands is None:
        return {}
    for (measure, service), rows in pile.items():
        if measure == bands.measure:
            inside = of_one_source(within(rows, bands.window, ends_on), bands.own_from)
            counted = [row.value for row in inside if row.is_counted]
            if counted:
                found[service] = math.fsum(counted)
    return found


def _home(own: Mapping[int, int], settled: Mapping[int, float], codes: Mapping[int, str]) -> int:
    """The service with the largest settled share, then that with most facts, then by its code."""
    return min(own, key=lambda s: (-settled.get(s, 0.0), -own[s], codes.get(s, "")))


def inside_of(
    gathering: Gathering, gatherer: Gatherer, pile: Pile, service: int, ends_on: date
) -> list[Row]:
    """The rows an indicator is made of, and those rules or grades keep out of it."""
    rows = within(rows_of(gathering, pile, service, gatherer), gatherer.window, ends_on)
    return of_one_source(rows, gatherer.own_from)


def _value(
    gathering: Gathering, gatherer: Gatherer, pile: Pile, service: int, ends_on: date
) -> GatheredValue:
    inside = inside_of(gathering, gatherer, pile, service, ends_on)
    counted = [row for row in inside if row.is_counted]
    struck = sum([row.is_struck for row in inside])
    share, last = gathering.merchant_share, ends_on.toordinal()
    value, sample = fold(gatherer, counted, share=share, day=last)
    left = len(inside) - len(counted) - struck
    return GatheredValue(value, sample, len(counted), struck, left)
