"""What a colleague thinks of a proposal, as forms and the API hand it over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpinionFields:
    """One to five stars each."""

    plan: int
    price: int
    team: int
    note: str = ""
