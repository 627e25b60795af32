"""An agency's facts of one half of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from portal.evaluation.demo.characters import Period
from portal.evaluation.fields import FactFields
from portal.evaluation.states import Grade

BRANDS = 2  # whose word there is of a half year


@dataclass(frozen=True, slots=True)
class HalfYear:
    """`number` 0 is the agency of the guide. `period`: the quarter it ends with."""

    number: int
    party_id: int
    period: Period
    merchants: Sequence[int]


def facts_of_agency(half: HalfYear) -> Iterator[FactFields]:
    lasting = Random(f"agency:{half.number}")
    skill = lasting.gauss(0, 0.9) if half.number else 0.8
    size = lasting.choice((1, 1, 1, 2, 4))
    random = Random(f"agency:{half.number}:{half.period.number}")
    brands = random.sample(half.merchants, min(len(half.merchants), BRANDS))
    for place, brand in enumerate(brands):
        orders = size * random.randint(60, 400)
        told = {
            "delivery": (_share(random, 86 + 6 * skill), size * random.randint(3, 8)),
            "sample_on_time": (_share(random, 82 + 8 * skill), size * random.randint(3, 9)),
            "refund_gap": (round(2.5 - 2 * skill + random.gauss(0, 1.5), 2), orders),
            "disputes": (100 / 6 * (random.random() * 100 < 6 - 3 * skill), 6),
        }
        for measure, (value, sample) in told.items():
            yield _fact(half, f"{place}:{measure}", measure, value, sample, brand)


def _share(random: Random, middle: float) -> float:
    return round(min(100.0, max(20.0, middle + random.gauss(0, 5))), 2)


def _fact(
    half: HalfYear, place: str, measure: str, value: float, sample: int, brand: int
) -> FactFields:
    return FactFields(
        party_id=half.party_id,
        measure=measure,
        value=value,
        starts_on=half.period.starts_on,
        ends_on=half.period.ends_on,
        grade=Grade.CONFIRMED,
        ref_kind="import",
        ref_id=f"demo-{half.period.ends_on:%Y-%m}:{half.number}:{place}",
        sample=sample,
        counterpart_id=brand,
    )
