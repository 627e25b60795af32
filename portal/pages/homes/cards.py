"""The cards of a home, as its template takes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, money_short, num
from portal.evaluation.selectors import PublicRating
from portal.ledger.rules import can_see_money
from portal.ledger.selectors import money_of
from portal.parties.models import Party
from portal.revenue.selectors import ChannelYear, SoldYear
from portal.rewards.selectors import asked_of, running_ways, tasks_lifting, tasks_that_suit
from portal.rewards.words import reward_of
from training.learning.selectors import recommended_for

MOST_TASKS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card. `percent` draws a bar; `tone` (ok, warn, bad) colours it; `gap` is how
    far a score stands above the middle of its group; `trend` its course, the oldest first."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    percent: int | None = None
    tone: str = ""
    gap: float | None = None
    trend: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """`key` names it within the page; `verb` is the words of its link."""

    key: str
    title: str
    rows: Sequence[Row]
    url: str = ""
    verb: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What would help most, why, and where it is done."""

    title: str
    text: str
    url: str
    verb: str


@dataclass(frozen=True, slots=True)
class Home:
    """What a kind of party looks at each day: its year in figures, cards, the next step."""

    figures: Sequence[dict[str, Any]] = field(default_factory=list)
    cards: Sequence[Card] = field(default_factory=list)
    next: NextStep | None = None


def sales_figure(year: SoldYear | None, label: str) -> Iterator[dict[str, Any]]:
    """Settled net sales of twelve months with their course; the running month still settles."""
    if year is None:
        return
    last = money_short(year.last.net_fen)
    yield {
        "label": label,
        "value": money_short(year.net_fen),
        "trend": [one.net_fen for one in year.months],
        "url": reverse("order_list"),
        "note": _("%(fen)s last month") % {"fen": last} + change_of(year),
    }


def change_of(year: SoldYear | ChannelYear) -> str:
    """Of the last whole month against the one before; nothing where there was nothing to compare
    with."""
    if not year.before.net_fen:
        return ""
    change = 100 * (year.last.net_fen - year.before.net_fen) / year.before.net_fen
    return f" · {change:+.1f}%"


def rating_card(rating: PublicRating | None) -> Card | None:
    """The dimensions of the newest official rating, the strong and the short ones against the
    middle of the group."""
    if rating is None or not rating.is_rated:
        return None
    rows = []
    for label, score, median in zip(rating.labels, rating.scores, rating.medians, strict=True):
        if score is None:
            rows.append(Row(label, MISSING, _("not rated; that does not mean bad")))
            continue
        rows.append(_dimension(label, score, median))
    return Card(
        "rating",
        _("Strong and short boards"),
        rows,
        reverse("evaluation_detail"),
        _("Open down to the rows"),
        rating.rank,
    )


def _dimension(label: str, score: float, median: float | None) -> Row:
    value, percent = num(score, 1), round(score)
    if median is None:
        return Row(label, value, percent=percent)
    gap = score - median
    note = _("%(gap)s against the middle of the group") % {"gap": f"{gap:+.1f}"}
    return Row(label, value, note, percent=percent, tone="ok" if gap >= 0 else "warn", gap=gap)


def courses_card(actor: Actor) -> Card | None:
    """Courses that lift the weakest figures of one's own evaluation, and which these are."""
    rows = [
        Row(
            one.course.title,
            "",
            _("lifts %(name)s, at %(score)s%% of the way")
            % {
                "name": one.name,
                "score": num(one.score),
            },
            one.course.get_absolute_url(),
        )
        for one in recommended_for(actor)
    ]
    if not rows:
        return None
    title, url = _("Recommended for you"), reverse("course_list")
    return Card("courses", title, rows, url, _("All courses"))


def tasks_card(actor: Actor, party: Party) -> Card | None:
    """What is under way with its next step, then what would lift the weakest figures; for who has
    neither, what it may begin with, in plain numbers."""
    rows = [
        Row(one.claim.task.title, one.reward, one.next, one.claim.get_absolute_url(), one.percent)
        for one in running_ways(party, MOST_TASKS)
    ]
    rows += [
        Row(one.task.title, one.reward, one.why, one.task.get_absolute_url())
        for one in tasks_lifting(actor)[: MOST_TASKS - len(rows)]
    ]
    rows = rows or [
        Row(task.title, reward_of(task), asked_of(task), task.get_absolute_url())
        for task in tasks_that_suit(party)[:MOST_TASKS]
    ]
    if not rows:
        return None
    return Card("tasks", _("Tasks"), rows, reverse("task_list"), _("All tasks"))


def shortest(card: Card | None) -> Row | None:
    """The dimension farthest below the middle of its group; where the group is too small for a
    middle, the lowest."""
    if card is None:
        return None
    compared = [row for row in card.rows if row.gap is not None and row.gap < 0]
    if compared:
        return min(compared, key=lambda row: row.gap or 0)
    known = [row for row in card.rows if row.percent is not None and row.gap is None]
    return min(known, key=lambda row: row.percent or 0, default=None)


def money_card(actor: Actor, party: Party) -> Card | None:
    """Available, pending, estimated: never added up."""
    if not can_see_money(actor):
        return None
    rows = [
        Row(str(one.title), money_short(one.amount), str(one.note), tone="bad" * one.is_short)
        for one in money_of(party.pk)
        if one.account_id is not None
    ]
    if not rows:
        return None
    note = _("never added up")
    return Card("money", _("Funds"), rows, reverse("money_home"), _("To the funds"), note)
