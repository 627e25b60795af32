"""What somebody says of rounds, methods and applications, as values: for page, admin, API, demo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.tiers.certification_states import MOST_PLACES, PapersAnswer, ReviewVerdict
from portal.tiers.fields import Evidence


@dataclass(frozen=True, slots=True)
class MethodFields:
    """`document` is the file of `manage.py evaluate`; `source` says where it is from."""

    document: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class RoundFields:
    """A year's round. Judged by the four quarters that end with `last_year`, `last_quarter`; the
    mark holds from its publication until the end of `valid_until`. `newcomer_fen`: the settled net
    GMV from which a newcomer counts as brought up."""

    year: int
    opens_on: date
    closes_on: date
    publishes_on: date
    valid_until: date
    last_year: int
    last_quarter: int
    method: int
    places: int = MOST_PLACES
    least_stars: int = 4
    least_days: int = 365
    newcomer_fen: int = 1_000_000


@dataclass(frozen=True, slots=True)
class ApplyingFields:
    """The words of an application; may be short or empty while it is a draft."""

    strengths: str = ""
    cases: str = ""


@dataclass(frozen=True, slots=True)
class PaperFields:
    kind: str
    file: Evidence
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckFields:
    """What a look at the documents comes to, and the sentence that the agency reads."""

    answer: PapersAnswer
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFields:
    verdict: ReviewVerdict
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectionFields:
    text: str
    evidence: Sequence[Evidence] = ()
