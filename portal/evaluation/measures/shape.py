"""What a measure says of its facts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from portal.parties.states import PartyKind

PROVIDERS = frozenset({PartyKind.PROVIDER})
AGENCIES = frozenset({PartyKind.AGENCY})
BOTH = PROVIDERS | AGENCIES


@dataclass(frozen=True, slots=True)
class Measure:
    """`about`: how a fact of it is read. `part`: the part of the site that makes its facts.
    `of_counterpart`: each fact is some counterparty's evidence and names it. `by_service`: a fact
    belongs to a service type where it is known; else it is the whole party's and is counted for
    each of its services. `low` and `high`: what a value can be."""

    name: str
    title: str | Promise
    unit: str | Promise
    about: str | Promise
    part: str
    low: float
    high: float
    of_counterpart: bool = False
    by_service: bool = False
    kinds: frozenset[str] = PROVIDERS
