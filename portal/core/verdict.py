"""A rule's answer. A refusal carries its reason, and every door shows the same sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(Enum):
    ALLOWED = 200
    FORBIDDEN = 403  # this person may not
    CONFLICT = 409  # not in this state
    UNMET = 422  # something is missing or out of range


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one field of a value, in words that say the fix."""

    field: str
    sentence: str | Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind
    reason: str | Promise = ""
    flaws: tuple[Flaw, ...] = ()

    def __bool__(self) -> bool:
        return self.kind is Kind.ALLOWED

    @property
    def status(self) -> int:
        return self.kind.value

    def require(self) -> None:
        """Raise `Refused` unless allowed."""
        if not self:
            raise Refused(self)


ALLOWED = Verdict(Kind.ALLOWED)


def forbidden(reason: str | Promise) -> Verdict:
    return Verdict(Kind.FORBIDDEN, reason)


def conflict(reason: str | Promise) -> Verdict:
    return Verdict(Kind.CONFLICT, reason)


def unmet(reason: str | Promise) -> Verdict:
    return Verdict(Kind.UNMET, reason)


def flaws_of_lines(value: object, *names: str) -> Iterator[Flaw]:
    """The named texts stand in lists, subjects and headings: a line each."""
    for name in names:
        if len(getattr(value, name).splitlines()) > 1:
            yield Flaw(name, _("Keep it to one line."))


def flawless(flaws: Iterable[Flaw]) -> Verdict:
    """Allowed, or unmet with every flaw; the reason is the first one's sentence."""
    found = tuple(flaws)
    return Verdict(Kind.UNMET, found[0].sentence, found) if found else ALLOWED


class Refused(Exception):
    """A service refused: nothing was written."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.reason))
        self.verdict = verdict
