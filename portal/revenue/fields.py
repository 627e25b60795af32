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
    `platform`; the payer gets what they leave. ends_on: the first day that no longer counts.
    invoice_components: what is billed by date, docs/agreements.md."""

    starts_on: date
    ends_on: date | None
    components: Sequence[JsonObject]
    period_components: Sequence[JsonObject] = field(default_factory=tuple)
    note: str = ""
    invoice_components: Sequence[JsonObject] = field(default_factory=tuple)
    paid_to: JsonObject | None = None  # who is paid for both sides; nobody: each its own
    seal: JsonObject | None = None  # who stamps it before it holds, in how many days
    signers: str = ""  # `owner`: owners alone sign it
    clauses: str = ""  # of a cooperation's paper: all that was agreed, as canonical JSON


@dataclass(frozen=True, slots=True)
class PowerFields:
    """Who signs for a party, and how far: kinds of papers (none: all), basis points of an order,
    fen of fixed sums (None: no limit), the first day and the first that no longer counts."""

    person_id: int
    starts_on: date
    ends_on: date | None = None
    papers: Sequence[str] = ()
    most_bp: int | None = None
    most_fen: int | None = None
    may_seal: bool = False
    letter: str = ""


@dataclass(frozen=True, slots=True)
class SubjectOfCooperation:
    """Whose money a paper is about that is negotiated at a door of its own. `key` names the
    cooperation, or the first day of a framework, which nobody but the platform pays; `products`:
    those it is about, none for everything."""

    payer_id: int | None
    payee_id: int
    role: str
    key: str
    products: Sequence[str] = ()
    scope_kind: str = "cooperation"


@dataclass(frozen=True, slots=True)
class ConcludedFields:
    """A cooperation's paper, as both sides agreed on it at a door."""

    subject: SubjectOfCooperation
    proposed_by: str
    terms: TermsFields
