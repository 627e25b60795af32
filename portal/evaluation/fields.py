"""What comes in: facts, appeals, plans."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

MOST_SAMPLE = 1_000_000_000
LONGEST_DETAIL = 2_000  # characters of JSON


@dataclass(frozen=True, slots=True)
class FactFields:
    """One observation of one party; see `models.Fact`. `detail` holds what the rules against gaming
    look at (`portal.evaluation.rules.gaming`) and what the page of the fact shows beside it."""

    party_id: int
    measure: str
    value: float
    starts_on: date
    ends_on: date
    grade: int
    ref_kind: str
    ref_id: str
    sample: int = 1
    counterpart_id: int | None = None
    service_id: int | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    strike: str = ""

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What may stand once: the same row behind it makes one fact of a measure and party."""
        return (self.measure, self.ref_kind, self.ref_id, self.party_id)


Evidence = UploadedFile | uuid.UUID  # a file, or the id of one's own upload


@dataclass(frozen=True, slots=True)
class AppealFields:
    """What is wrong with one number, and files that show it."""

    text: str
    evidence: Sequence[Evidence] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Another value for a fact, or (without one) that it is taken back."""

    fact_id: int
    value: float | None = None


@dataclass(frozen=True, slots=True)
class ItemFields:
    """One thing to be done by a day; `indicator` may be empty, `remedy_id` what is offered."""

    text: str
    due_on: date
    indicator: str = ""
    remedy_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlanFields:
    title: str
    items: Sequence[ItemFields] = ()
