"""A plan as a file: its meetings, what it changes of the one before, or the wishes it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs import rules, selectors
from matchmaking.fairs.models import Fair, MeetingPlan
from portal.core import clock
from portal.core.actor import Actor
from portal.core.exports import ExportKind, Params, register_export
from portal.core.web import whole_number

COLUMNS: dict[str, Sequence[str | Promise]] = {
    "meetings": (
        *(_("Time"), _("Table no."), _("Merchant"), _("Meets")),
        *(_("What it is worth"), _("Fixed")),
    ),
    "changes": (
        *(_("Change"), _("Merchant"), _("Meets")),
        *(_("Time before"), _("Table before"), _("Time"), _("Table no.")),
    ),
    "unmet": (_("Party"), _("Wants to meet"), _("Wish"), _("Reason")),
}


def clean(params: Params) -> Params:
    """`plan`: its key; `by`: meetings, changes or unmet."""
    by = str(params.get("by", ""))
    return {
        "plan": whole_number(str(params.get("plan", ""))),
        "by": by if by in COLUMNS else "meetings",
    }


def columns(params: Params) -> list[str | Promise]:
    return [*COLUMNS[params["by"]]]


def rows(actor: Actor, params: Params) -> Iterator[Sequence[Any]]:
    seen = MeetingPlan.objects.filter(fair__in=Fair.objects.visible_to(actor))
    plan = seen.select_related("fair").filter(pk=params["plan"]).first()
    if plan is None:
        return
    match params["by"]:
        case "changes":
            yield from _changes(plan)
        case "unmet":
            yield from _unmet(plan)
        case _:
            yield from _meetings(plan)


def _meetings(plan: MeetingPlan) -> Iterator[Sequence[Any]]:
    people = ("left__party", "right__party")
    for one in plan.meetings.select_related(*people).order_by("slot", "table"):
        one.plan = plan
        fixed = str(_("Yes")) if one.is_fixed else ""
        both = (one.left.party.name, one.right.party.name)
        yield [_at(one.starts_at), one.table_number, *both, one.worth, fixed]


def _changes(plan: MeetingPlan) -> Iterator[Sequence[Any]]:
    if (before := selectors.plan_before(plan)) is None:
        return
    change = selectors.difference(before, plan)
    for row in selectors.changes_of(plan, change, 0, plan.fair.tables):
        was = [_at(row.before[0]), row.before[1]] if row.before else ["", ""]
        now = [_at(row.after[0]), row.after[1]] if row.after else ["", ""]
        yield [row.said, row.left, row.right, *was, *now]


def _unmet(plan: MeetingPlan) -> Iterator[Sequence[Any]]:
    for row in selectors.unmet_of(plan):
        other = row.other.party.name if row.other else ""
        yield [row.one.party.name, other, row.said, str(row.reason)]


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


PLANS = register_export(
    ExportKind(
        name="fairs.plan",
        title=_("Plan of meetings"),
        columns=columns,
        rows=rows,
        may=rules.can_run_fairs,
        clean=clean,
    )
)
