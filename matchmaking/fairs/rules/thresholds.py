"""A threshold with what is known of whoever stands before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, unmet


@dataclass(frozen=True, slots=True)
class Check:
    """What is not known is not met, but for a reputation: who is too new to be rated is never
    below a score."""

    measure: str
    label: str
    asked: str
    known: str
    is_met: bool
    is_unknown: bool = False


def are_met(checks: Iterable[Check]) -> Verdict:
    """Every threshold, or the first that is not met, in words."""
    missed = next((check for check in checks if not check.is_met), None)
    if missed is None:
        return ALLOWED
    sentence = _("%(label)s: %(asked)s asked, yours: %(known)s.")
    return unmet(
        str(sentence) % {"label": missed.label, "asked": missed.asked, "known": missed.known}
    )
