"""What comes of a meeting: a cooperation; and what a fair came to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from matchmaking.cooperation.forms import CooperationForm
from matchmaking.cooperation.rules import can_propose_cooperation
from matchmaking.cooperation.selectors import nameable_products
from matchmaking.cooperation.services import propose_cooperation
from matchmaking.fairs import rules, selectors
from matchmaking.fairs.door import through
from matchmaking.fairs.models import Fair
from matchmaking.fairs.states import BrandSize, MeetingResult
from portal.core import clock
from portal.core.http import PageRequest
from portal.core.money import Money
from portal.core.web import render_page, submit, whole_number
from portal.parties.models import Category
from portal.parties.states import PartyKind

FAIRS_AT_ONCE = 20
# What fairs are ordered by, the best first; the newest where that is equal.
SORTS: dict[str, tuple[Any, Callable[[selectors.FairRow], Any]]] = {
    "day": (gettext_lazy("Newest"), lambda row: -row.fair.starts_at.timestamp()),
    "net": (gettext_lazy("Settled net GMV"), lambda row: -row.way.lines.net_fen),
    "agreed": (gettext_lazy("Cooperations agreed"), lambda row: -row.way.agreed),
    "came": (gettext_lazy("Came"), lambda row: -(row.show_up_percent or 0)),
    "head": (gettext_lazy("Meetings a head"), lambda row: -(row.meetings_a_head or 0)),
    "cost": (
        gettext_lazy("Cost a deal"),
        lambda row: (row.way.cost_a_deal_fen is None, row.way.cost_a_deal_fen),
    ),
}
PARTS = (
    ("fair", gettext_lazy("Fair by fair")),
    ("category", gettext_lazy("By category")),
    ("size", gettext_lazy("By size of the brand")),
)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_cooperation(request: PageRequest, pk: int) -> HttpResponse:
    """Propose to work together to whom one met; the fair's return follows its orders."""
    meeting = get_object_or_404(selectors.own_meetings(request.actor), pk=pk)
    other = selectors.met_by(request.actor, meeting)
    can_propose_cooperation(request.actor, other).require()
    form = CooperationForm(
        request.POST if request.method == "POST" else None,
        products=nameable_products(request.actor, other),
    )
    proposed = submit(
        form,
        lambda: propose_cooperation(
            request.actor,
            other=other,
            terms=form.terms(),
            products=list(form.cleaned_data["products"]),
            note=form.cleaned_data["note"],
            through=through(meeting),
        ),
    )
    if proposed is not None:
        messages.success(request, _("Proposed. The other side has seven days to answer."))
        return redirect(proposed)
    context = {"form": form, "other": other}
    return render_page(request, "cooperation/cooperation_create.html", context)


@login_required
@require_safe
def fair_returns(request: PageRequest) -> HttpResponse:
    """The fairs that were held in a year beside each other, and by category."""
    rules.can_run_fairs(request.actor).require()
    this_year = clock.today().year
    year = whole_number(request.GET.get("year", "")) or this_year
    year = year if this_year - 5 <= year <= this_year else this_year
    found = selectors.returns_across(list(selectors.held_in_year(year)))
    asked = request.GET.get("sort", "")
    sort = asked if asked in SORTS else "day"
    shows_all = "all" in request.GET
    rows = sorted(found.fairs, key=SORTS[sort][1])
    context = {
        "year": year,
        "years": [this_year - 1, this_year],
        "found": found,
        "categories": _named(found.categories),
        "sizes": _labelled(found.sizes),
        "parts": PARTS,
        "kpis": _way_kpis(found),
        "steps": _steps(found.whole),
        "fairs": rows if shows_all else rows[:FAIRS_AT_ONCE],
        "shows_all": shows_all,
        "sort": sort,
        "heads": [(name, label) for name, (label, _key) in SORTS.items()],
        "limits": selectors.sizes_in_words(clock.today()),
    }
    return render_page(request, "fairs/fair_returns.html", context)


def _steps(whole: selectors.Way) -> list[tuple[str, int]]:
    """From meeting to post, as far as each went."""
    return [
        (_("Meetings"), whole.meetings),
        (_("Want to work together"), whole.wanted),
        (_("Agreed"), whole.agreed),
        (_("Samples"), whole.samples),
        (_("With a post"), whole.posted),
    ]


def _named(rows: Sequence[tuple[Category, selectors.Way]]) -> list[tuple[str, selectors.Way]]:
    return [(category.name, way) for category, way in rows]


def _labelled(rows: Sequence[tuple[BrandSize, selectors.Way]]) -> list[tuple[str, selectors.Way]]:
    return [(str(size.label), way) for size, way in rows]


def _way_kpis(found: selectors.Across) -> list[dict[str, Any]]:
    whole, cost = found.whole, found.whole.cost_a_deal_fen
    return [
        {"label": _("Fairs held"), "value": f"{len(found.fairs):,}"},
        {"label": _("Meetings"), "value": f"{whole.meetings:,}"},
        {"label": _("Want to work together"), "value": f"{whole.wanted:,}"},
        {"label": _("Cooperations agreed"), "value": f"{whole.agreed:,}"},
        {"label": _("Settled net GMV"), "value": Money(whole.lines.net_fen).short},
        {"label": _("Cost a deal"), "value": "—" if cost is None else Money(cost).short},
    ]


@login_required
@require_safe
def fair_report(request: PageRequest, pk: int) -> HttpResponse:
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen, pk=pk)
    rules.can_run_fairs(request.actor).require()
    found = selectors.return_of(fair)
    across = selectors.returns_across([fair])
    context = {
        "fair": fair,
        "way": across.whole,
        "steps": _steps(across.whole),
        "categories": _named(across.categories),
        "sizes": _labelled(across.sizes),
        "parts": PARTS[1:],
        "limits": selectors.sizes_in_words(clock.day_of(fair.starts_at)),
        "found": found,
        "kpis": _kpis(found),
        "follow_ups": fair.follow_ups.order_by("days"),
        "roles": [(PartyKind(row.role).label, row) for row in found.roles],
        "results": [(r.label, found.results.get(r, 0)) for r in MeetingResult],
    }
    return render_page(request, "fairs/fair_report.html", context)


def _kpis(found: selectors.FairReturn) -> list[dict[str, Any]]:
    def said(value: object, text: str) -> str:
        return "—" if value is None else text

    head, cost = found.meetings_a_head, found.cost_a_deal_fen
    return [
        {
            "label": _("Came"),
            "value": said(found.show_up_percent, f"{found.show_up_percent}%"),
            "note": f"{found.here:,} / {found.seated:,}",
        },
        {"label": _("Meetings a head"), "value": said(head, f"{head or 0:.1f}")},
        {"label": _("Cooperations agreed"), "value": f"{found.agreed:,}"},
        {"label": _("Settled net GMV"), "value": Money(found.lines.net_fen).short},
        {"label": _("Cost a deal"), "value": said(cost, Money(cost or 0).short)},
    ]
