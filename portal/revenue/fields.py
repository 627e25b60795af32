"""What forms and the API hand to the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SubjectFields:
    """Between whom, and about what. we_pay: whether the proposing side is the payer."""

    other_id: int
    we_pay: bool
    role: str
    scope_kind: str = "whole"
    scope_key: str = ""


@dataclass(frozen=True, slots=True)
class TermsFields:
    """components, period_components: as in docs/splits.md, between the sides `payer`, `payee` and
    `platform`; the payer gets what they leave. ends_on: the first day that no longer counts."""

    starts_on: date
    ends_on: date | None
    components: Sequence[JsonObject]
    period_components: Sequence[JsonObject] = field(default_factory=tuple)
    note: str = ""
