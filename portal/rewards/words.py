"""Rewards, steps and what is missing of them, in the words and numbers of a page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from portal.core.money import Money
from portal.core.templatetags.ui import num
from portal.rewards.fields import PathStep
from portal.rewards.models import Task, TaskStep
from portal.rewards.states import Fold, Line, StepEvent, Unit

Counted = TaskStep | PathStep
# The number stands last, so that one sentence is right for one and for many.
TITLES: dict[str, str | Promise] = {
    StepEvent.COURSE: _("Finish courses: %(n)s"),
    StepEvent.CERTIFICATE: _("Earn certificates: %(n)s"),
    StepEvent.LIVE: _("Go live on days: %(n)s"),
    StepEvent.SELLING_DAY: _("Sell on days: %(n)s"),
    StepEvent.FOLLOWERS: _("Win followers: %(n)s"),
    StepEvent.SHOPPING_FOLLOWERS: _("Win shopping followers: %(n)s"),
    StepEvent.ORDER: _("Have orders settled: %(n)s"),
    StepEvent.MEETING: _("Hold meetings: %(n)s"),
    StepEvent.COOPERATION: _("Sign cooperations: %(n)s"),
}
LACKS: dict[str, str | Promise] = {
    StepEvent.COURSE: _("Next: finish courses, %(n)s more"),
    StepEvent.CERTIFICATE: _("Next: earn certificates, %(n)s more"),
    StepEvent.LIVE: _("Next: go live on more days, %(n)s to go"),
    StepEvent.SELLING_DAY: _("Next: sell on more days, %(n)s to go"),
    StepEvent.FOLLOWERS: _("Next: win followers, %(n)s more"),
    StepEvent.SHOPPING_FOLLOWERS: _("Next: win shopping followers, %(n)s more"),
    StepEvent.ORDER: _("Next: have orders settled, %(n)s more"),
    StepEvent.MEETING: _("Next: hold meetings, %(n)s more"),
    StepEvent.COOPERATION: _("Next: sign cooperations, %(n)s more"),
}
SOURCES: dict[str, str | Promise] = {
    StepEvent.COURSE: _("courses completed here"),
    StepEvent.CERTIFICATE: _("certificates issued here"),
    StepEvent.LIVE: _("the daily feed"),
    StepEvent.SELLING_DAY: _("the daily feed"),
    StepEvent.FOLLOWERS: _("the daily feed"),
    StepEvent.SHOPPING_FOLLOWERS: _("the daily feed"),
    StepEvent.ORDER: _("settled orders"),
    StepEvent.MEETING: _("meetings of fairs that were held"),
    StepEvent.COOPERATION: _("cooperations signed here"),
}


# Where a step is taken: the page, and what its link says; creators' days come from their feed.
DOORS: dict[str, tuple[str, str | Promise]] = {
    StepEvent.COURSE: ("course_list", _("Find a course")),
    StepEvent.CERTIFICATE: ("course_list", _("Find a course")),
    StepEvent.MEETING: ("fair_list", _("Find a fair")),
    StepEvent.COOPERATION: ("cooperation_list", _("To the cooperations")),
    StepEvent.ORDER: ("order_list", _("To the orders")),
}


def amount_in_words(unit: str, amount: int) -> str:
    """¥500, or 800 points of traffic: never one as the other."""
    if unit == Unit.CASH:
        return Money(amount).short
    words = ngettext("%(n)s point of traffic", "%(n)s points of traffic", amount)
    return words % {"n": num(amount)}


def reward_of(task: Task) -> str:
    return amount_in_words(task.unit, task.amount)


def lifts_of(task: Task, names: dict[str, str]) -> str:
    """The indicator or the line it is for; `names`: of the indicators, by code."""
    if task.line:
        return str(Line(task.line).label)
    return f"{task.indicator} {names.get(task.indicator, '')}".strip()


def figure_of(step: Counted, value: int) -> str:
    """Money where orders are summed up, else a number; of orders with their word, if it has one."""
    if step.event != StepEvent.ORDER:
        return num(value)
    if step.fold == Fold.SUM:
        return Money(value).short
    return pgettext("orders", "%(n)s") % {"n": num(value)}


def title_of(step: Counted) -> str:
    """Finish courses: 2 (live-basics)."""
    said = str(TITLES[step.event]) % {"n": figure_of(step, step.target)}
    return f"{said} ({step.scope})" if step.scope else said


def lack_of(step: Counted, done: int) -> str:
    """What is still to be done: Next: finish courses, 1 more. Empty where nothing is."""
    rest = max(step.target - done, 0)
    return str(LACKS[step.event]) % {"n": figure_of(step, rest)} if rest else ""
