"""/styleguide/: every component in every state, with one believable world and no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.forms import MoneyField, PercentField
from portal.core.models import Job, JobState
from portal.core.tables import Table, TableColumn, TableKind
from portal.core.tables.reading import Cell, Choice, Head
from portal.core.verdict import ALLOWED
from portal.core.web import Page
from portal.notices.models import Notice
from portal.pages.changes import Change
from portal.parties.models import Party
from portal.search.findables import Hit, Hits
from portal.search.selectors import Found

OWN = [66.0, 65.1, 62.0, 66.3, 83.5]
MEDIAN = [51.6, 52.5, 64.1, 55.9, 76.3]
LOW = [61.5, 57.2, 54.1, 56.8, 76.4]
HIGH = [70.1, 73.3, 67.7, 75.4, 88.0]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide.html", samples())


def samples() -> dict[str, Any]:
    """What the components are shown with."""
    return {
        **parties(),
        **pictures(),
        **progress(),
        "form": filled_form(),
        "fresh": SampleForm(prefix="fresh"),
        "kpis": kpis(),
        "rows": table_rows(),
        "table": sample_table(),
        "found": search_found(),
        "changes": sample_changes(),
        "page": Page(rows=[], next="n", previous="p"),
        "days": [clock.today() + timedelta(days=days) for days in (0, 3, 30)],
        "messages_shown": [
            SimpleNamespace(text=_("The proposal was declined."), tone="success", undo="#undo"),
            SimpleNamespace(text=_("Saved as a draft."), tone="success", undo=""),
            SimpleNamespace(text=_("The deadline has passed."), tone="error", undo=""),
        ],
    }


@dataclass(frozen=True)
class SampleParty:
    """As much of a party as its line shows."""

    name: str
    kind: str
    get_kind_display: str
    city: SimpleNamespace


def parties() -> dict[str, Any]:
    def party(name: str, kind: str, kind_name: str, city: str) -> SampleParty:
        return SampleParty(name, kind, kind_name, SimpleNamespace(name=city))

    return {
        "parties": [
            party("谷雨粒食品", "merchant", _("Merchant"), _("Shanghai")),
            party("云帆电商", "provider", _("Service provider"), _("Hangzhou")),
            party("星野文化", "agency", _("Agency"), _("Chengdu")),
            party("小满的厨房", "creator", _("Creator"), _("Guangzhou")),
        ]
    }


def search_found() -> list[Found]:
    parties = [Hit("云帆电商", "#search", _("Hangzhou"))]
    needs = [Hit("云上新品直播代运营", "#search", _("Open"), "XQ-2026-00012")]
    return [
        Found("provider", _("Service provider"), "headset", Hits(parties), 1),
        Found("need", _("Service needs"), "clipboard-list", Hits(needs), 1),
    ]


def sample_changes() -> list[Change]:
    now = clock.now()
    told = Notice(pk=1)
    return [
        Change("proposals", _("Proposals"), "云帆电商 × 云上新品", now, "#changes", 3, told),
        Change("work", _("Colleagues"), "顾雨", now - timedelta(hours=5), "#changes", 12),
        Change("announced", _("Announcements"), "2026", now - timedelta(days=1), "#changes"),
    ]


def pictures() -> dict[str, Any]:
    labels = [_("Connection"), _("Growth"), _("Talent"), _("Improvement"), _("Health")]
    compared = [
        ("北斗直播", [82.0, 74.0, 77.0, 70.0, 88.0]),
        ("青柚电商", [76.0, 79.0, 80.0, 73.0, 82.0]),
        ("云帆电商", OWN),
        ("拾光品牌", [63.0, 68.0, 66.0, 71.0, 74.0]),
    ]
    return {
        "labels": labels,
        "own": OWN,
        "median": MEDIAN,
        "low": LOW,
        "high": HIGH,
        "compared": compared,
        "missing": [66.0, None, 62.0, 66.3, 83.5],
        "parts": ranking_parts(),
        "part_names": [name for name, _points in ranking_parts()],
        "trend": [262, 281, 288, 306, 341, 317, 352, 204],
        "spreads": [
            sample_spread(
                _("Audience by gender"), [(_("Women"), 64.2), (_("Men"), 35.8)], sure=True
            ),
            sample_spread(
                _("Audience by age"),
                [("18–23", 22.0), ("24–30", 41.5), ("31–40", 27.5), ("41–50", 9.0)],
                sure=False,
            ),
        ],
    }


def sample_spread(label: str, parts: list[tuple[str, float]], *, sure: bool) -> SimpleNamespace:
    word = _("Platform interface") if sure else _("Reported by the party")
    return SimpleNamespace(
        label=label,
        parts=parts,
        source=SimpleNamespace(label=word),
        day=date(2026, 5, 31),
        is_confirmed=sure,
        is_halves=sure,
    )


def ranking_parts() -> list[tuple[str, float]]:
    return [
        (_("Category"), 26.9),
        (_("Price"), 13.2),
        (_("Past results"), 20.9),
        (_("Evaluation"), 8.6),
        (_("Response"), 7.3),
        (_("Freshness"), 4.1),
    ]


def kpis() -> list[dict[str, Any]]:
    return [
        {
            "label": _("Open needs"),
            "value": "3",
            "unit": _("of 5"),
            "note": _("2 close this week"),
            "trend": [1, 2, 2, 3, 4, 3, 5],
        },
        {
            "label": _("Settled this month"),
            "value": "¥23,480.16",
            "note": _("+18.4% on last month"),
            "tone": "ok",
            "trend": [262, 281, 288, 306, 341, 317, 352],
        },
        {
            "label": _("Cooperations"),
            "value": "7",
            "url": "#kpi",
            "note": _("Open the list behind the number"),
        },
        {
            "label": _("Overdue"),
            "value": "1",
            "note": _("2.3 days late on average"),
            "tone": "bad",
        },
    ]


def progress() -> dict[str, Any]:
    return {
        "jobs": [
            Job(state=JobState.QUEUED),
            Job(state=JobState.RUNNING, done=412_380, total=1_000_000, step=_("Checking rows")),
            Job(state=JobState.DONE, done=1_000_000, total=1_000_000),
            Job(state=JobState.FAILED, done=80, total=200, error=_("row 81: not a date")),
        ],
        "steps": [
            {"label": _("Draft"), "state": "done", "note": "05-29"},
            {"label": _("Review"), "state": "done"},
            {"label": _("Proposals"), "state": "current"},
            {"label": _("Agreement"), "state": ""},
        ],
        "events": [
            event(28, 2, "ok", by="顾雨", text=_("handed in the need")),
            event(28, 3, "ok", text=_("46 providers match, 11 are ruled out")),
            event(30, 8, "info", by="云帆电商", text=_("sent a proposal"), note=_("Version 2")),
            event(31, 16, "", text=_("Proposals close")),
        ],
    }


def sample_table() -> Table:
    """A declared list in every form of its cells."""
    columns = (
        TableColumn("name", _("Party"), lambda row: row[0], sort="name", url=lambda row: "#lines"),
        TableColumn("share", _("Share"), lambda row: row[1], form="bar", marks=True),
        TableColumn("orders", _("Orders"), lambda row: row[2], form="num", sort="orders"),
        TableColumn("state", _("State"), lambda row: row[3], form="tag", tone=lambda row: row[4]),
    )
    kind = TableKind(
        name="sample",
        title=_("Parties"),
        url="styleguide",
        rows=lambda actor: Party.objects.none(),
        may=lambda actor: ALLOWED,
        columns=columns,
    )
    rows = [("云帆电商", 80, 3180, _("Agreed"), "ok"), ("北斗直播", 35, 2210, _("Open"), "info")]
    return Table(
        kind=kind,
        url="",
        heads=[
            Head(column, f"?sort={column.name}" if column.sort else "", "") for column in columns
        ],
        rows=[
            [
                Cell(
                    column,
                    column.value(row),
                    column.url(row) if column.url else "",
                    "",
                    column.tone(row) if column.tone else "",
                    mark if column.marks else "",
                )
                for column in columns
            ]
            for row, mark in zip(rows, ("most", "least"), strict=True)
        ],
        filters=[Choice("state", _("State"), "", [("open", _("Open"))])],
        columns=[Choice(column.name, column.label, True) for column in columns],
        page=Page(rows=[], next="", previous=""),
        query=QueryDict(),
        params=[],
        kept=[],
        is_personal=True,
    )


def event(day: int, hour: int, tone: str, **said: str) -> dict[str, Any]:
    return {"at": datetime(2026, 5, day, hour, 2, tzinfo=UTC), "tone": tone, **said}


def table_rows() -> list[dict[str, Any]]:
    return [
        {
            "name": "谷雨粒食品 × 云帆电商",
            "orders": 3180,
            "settled": 3_849_457,
            "refunds": -86_540,
            "tone": "ok",
            "state": _("Agreed"),
        },
        {
            "name": "沐白个护 × 北斗直播",
            "orders": 2210,
            "settled": 1_613_218,
            "refunds": -118_904,
            "tone": "warn",
            "state": _("2 lines disputed"),
        },
    ]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("Short name"), max_length=40)
    code = forms.CharField(
        label=gettext_lazy("Unified social credit code"),
        min_length=18,
        help_text=gettext_lazy("18 characters, on the business licence."),
    )
    commission = PercentField(label=gettext_lazy("Commission"))
    budget = MoneyField(label=gettext_lazy("Monthly budget"))
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        choices=[("food", gettext_lazy("Food")), ("care", gettext_lazy("Personal care"))],
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        widget=forms.RadioSelect,
        choices=[("site", gettext_lazy("On site")), ("remote", gettext_lazy("Remote"))],
    )
    note = forms.CharField(
        label=gettext_lazy("Anything else"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_public = forms.BooleanField(label=gettext_lazy("Show it to all providers"), required=False)


def filled_form() -> SampleForm:
    """As somebody handed it in, with two fields to change and a refusal."""
    form = SampleForm(
        {
            "name": "谷雨粒食品",
            "code": "91310115MA1K4QXY3B",
            "commission": "155",
            "budget": "45,000",
            "category": "food",
        }
    )
    form.add_error("code", _("The 18th character should be 7; compare it with the licence."))
    form.add_error(None, _("Only the owner of the party may hand this in."))
    return form
