"""Every size can win something: of each kind of party that a season's tasks are for, no size is
left with nothing. A provider's size is its band, a creator's its followers, an agency's its stars;
merchants are of one size.

A task serves a size where it is for everybody of it. What a provider offers narrows a task, but not
by size; a score does, and so does a number that is not the kind's size: such a task serves none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.templatetags.ui import num
from portal.core.verdict import ALLOWED, Verdict, unmet
from portal.parties.states import PartyKind
from portal.rewards.models import Task
from portal.rewards.states import SIZES

MOST_STARS, MOST_NAMED = 5, 6
NUMBER = {PartyKind.CREATOR: "followers", PartyKind.AGENCY: "stars"}  # that a kind's size is


@dataclass(frozen=True, slots=True)
class Band:
    """A size of a kind, from its least number on, in words."""

    kind: PartyKind
    least: int
    label: str

    def is_served_by(self, task: Task) -> bool:
        return (
            self.kind in task.kinds
            and not any(_narrows(task, name) for name in _others(self.kind))
            and self._is_within(task)
        )

    def _is_within(self, task: Task) -> bool:
        if self.kind == PartyKind.PROVIDER:
            return not task.sizes or SIZES[self.least] in task.sizes
        if (name := NUMBER.get(self.kind)) is None:
            return True
        least, most = _ends(task, name)
        return (least or 0) <= self.least and (most is None or self.least <= most)


def _others(kind: PartyKind) -> list[str]:
    return [name for name in ("score", "stars", "followers") if name != NUMBER.get(kind)]


def _narrows(task: Task, name: str) -> bool:
    least, most = _ends(task, name)
    return bool(least) or most is not None


def _ends(task: Task, name: str) -> tuple[int | None, int | None]:
    return getattr(task, f"least_{name}"), getattr(task, f"most_{name}")


def leaves_nobody_out(tasks: Sequence[Task], beside: Sequence[Task] = ()) -> Verdict:
    """`tasks` are published, `beside` what of their season can be claimed already. Only the kinds
    that `tasks` are for are asked about: they make nothing worse for others."""
    some = [*beside, *tasks]
    kinds = {kind for task in tasks for kind in task.kinds}
    missing = [
        band.label
        for band in bands_of(some)
        if band.kind in kinds and not any(band.is_served_by(one) for one in some)
    ]
    if not missing:
        return ALLOWED
    sentence = _(
        "This leaves somebody with nothing to win: %(whom)s. Write a task for them, and publish "
        "the season's drafts together."
    )
    return unmet(sentence % {"whom": " · ".join(missing[:MOST_NAMED])})


def bands_of(tasks: Sequence[Task]) -> list[Band]:
    """The sizes of all kinds that these tasks are for."""
    return [
        band
        for kind in PartyKind
        if (some := [task for task in tasks if kind in task.kinds])
        for band in _bands(kind, some)
    ]


def _bands(kind: PartyKind, tasks: Sequence[Task]) -> Iterator[Band]:
    """A number's bands begin where a task's do, or behind its end: within one, all is the same."""
    name = NUMBER.get(kind)
    if kind == PartyKind.PROVIDER:
        for place, size in enumerate(SIZES):
            said = {"kind": kind.label, "size": size}
            yield Band(kind, place, _("%(kind)s, size %(size)s") % said)
    elif name is None or not any(_narrows(task, name) for task in tasks):
        yield Band(kind, 0, str(kind.label))
    else:
        begins = {0} | {_ends(task, name)[0] or 0 for task in tasks}
        begins |= {most + 1 for task in tasks if (most := _ends(task, name)[1]) is not None}
        ordered = sorted(one for one in begins if name != "stars" or one <= MOST_STARS)
        for least, after in zip(ordered, [*ordered[1:], None], strict=True):
            yield Band(kind, least, _label(kind, name, least, after))


def _label(kind: PartyKind, name: str, least: int, after: int | None) -> str:
    said = {"kind": kind.label, "low": num(least), "high": num(after - 1) if after else ""}
    if after == least + 1:
        return _label_of_one(name, least) % said
    if name == "stars":
        to, on = _("%(kind)s with %(low)s to %(high)s stars"), _("%(kind)s from %(low)s stars on")
    else:
        to = _("%(kind)s with %(low)s to %(high)s followers")
        on = _("%(kind)s from %(low)s followers on")
    return (to if after else on) % said


def _label_of_one(name: str, number: int) -> str:
    if name == "stars":
        return ngettext("%(kind)s with %(low)s star", "%(kind)s with %(low)s stars", number)
    return ngettext("%(kind)s with %(low)s follower", "%(kind)s with %(low)s followers", number)
