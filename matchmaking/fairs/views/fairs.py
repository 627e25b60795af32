"""The list of fairs, and a fair's page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from matchmaking.fairs import rules, selectors
from matchmaking.fairs.forms import parties_to_sign_up
from matchmaking.fairs.models import Fair, SignUp, SignUpDraft
from matchmaking.fairs.selectors.fairs import categories_of, cities_of_year
from matchmaking.fairs.states import YEAR_LABELS, Mark
from matchmaking.fairs.views.plans import MARKS
from portal.core import clock
from portal.core.actor import Actor
from portal.core.http import PageRequest
from portal.core.web import ordered_page, render_page, whole_number
from portal.parties.models import Category
from portal.parties.states import PartyKind
from portal.seats.selectors import standing_of

VIEWS: dict[str, str | Promise] = {
    "ahead": _("Next fairs"),
    "mine": _("Our fairs"),
    "past": _("Past fairs"),
    "planned": _("Planned"),
}
ROLES = (PartyKind.MERCHANT, PartyKind.AGENCY, PartyKind.CREATOR, PartyKind.PROVIDER)
FIRST_YEAR = 2025
MOST_GOODS, MOST_PEOPLE = 100_000, 8  # where a part may begin; of a list beside the rest
SHOWN: dict[str, str | Promise] = {
    "suits": _("Suits us"),
    "all": _("All of them"),
    **{mark: label for mark, label in MARKS if mark != Mark.NO},
}


@require_safe
def fair_list(request: PageRequest) -> HttpResponse:
    """Everybody sees what is published; a party its own; operators what is planned."""
    actor = request.actor
    view = request.GET.get("view", "ahead")
    views = _views(actor)
    view = view if view in views else "ahead"
    context: dict[str, Any] = {
        "view": view,
        "views": [(name, VIEWS[name]) for name in views],
        "can_run": rules.can_run_fairs(actor),
        "category": request.GET.get("category", ""),
        "categories": Category.objects.filter(parent=None),
        "kpis": _kpis(clock.today().year) if view != "mine" else [],
    }
    if view == "mine":
        context["sign_ups"] = ordered_page(
            selectors.own_sign_ups(actor),
            request.GET.get("cursor", ""),
            field="fair__starts_at",
            ascending=False,
        )
    else:
        page = _page(request, view)
        names = categories_of(page.rows)
        own = {row.fair_id: row for row in selectors.own_sign_ups(actor).filter(fair__in=page.rows)}
        rows = [(fair, names.get(fair.pk, []), own.get(fair.pk)) for fair in page.rows]
        context |= {"page": page, "rows": rows}
    return render_page(request, "fairs/fair_list.html", context, partial="fair-list")


@require_safe
def fair_calendar(request: PageRequest) -> HttpResponse:
    """A year in the whole country: each month's fairs, each city, and how far it has come."""
    this_year = clock.today().year
    asked = whole_number(request.GET.get("year", ""))
    year = asked if FIRST_YEAR <= asked <= this_year + 1 else this_year
    context = {
        "year": year,
        "years": [one for one in range(this_year - 1, this_year + 2) if one >= FIRST_YEAR],
        "months": selectors.months_of_year(year),
        "cities": [
            (row, [row.seated.get(kind, 0) for kind in ROLES]) for row in cities_of_year(year)
        ],
        "roles": [PartyKind(kind).label for kind in ROLES],
        "progress": _progress(year),
    }
    return render_page(request, "fairs/fair_calendar.html", context)


@require_safe
def fair_detail(request: PageRequest, pk: int) -> HttpResponse:
    seen = Fair.objects.visible_to(request.actor).select_related("city", "occasion")
    fair = get_object_or_404(seen.prefetch_related("thresholds"), pk=pk)
    party = request.actor.party
    checks = selectors.checks_of(fair, party) if party else []
    own = list(selectors.own_sign_ups(request.actor).filter(fair=fair)[:50])
    mine = next((row for row in own if party and row.party_id == party.pk), None)
    context = {
        "fair": fair,
        "seats": selectors.seats_of(fair),
        "own": [row for row in own if row is not mine],
        "mine": mine,
        "checks": checks,
        "checks_met": _met(checks),
        "can_sign_up": bool(parties_to_sign_up(party)) and fair.is_open,
        "can_prepare": rules.can_prepare_sign_up(request.actor, fair),
        "prepared": _prepared(request.actor, fair),
        "can_run": rules.can_run_fairs(request.actor),
        "can_change": rules.can_change_fair(request.actor, fair),
        "can_cancel": rules.may_cancel_fair(request.actor, fair),
        "can_publish": rules.can_publish_fair(request.actor, fair, clock.now()),
        "now": clock.now(),
        **_my_way(mine),
        **_goods(request, fair, mine if _marks_brands(mine) else None),
        **_people(request.actor, mine),
    }
    return render_page(request, "fairs/fair_detail.html", context, partial="seats")


def _met(checks: Sequence[rules.Check]) -> int | None:
    """None where one is not known, so neither met nor not."""
    return None if any(check.is_unknown for check in checks) else sum(c.is_met for c in checks)


def _my_way(mine: SignUp | None) -> dict[str, Any]:
    if mine is None:
        return {}
    standing = standing_of(mine.claim)
    return {
        "standing": standing,
        "way": selectors.way_of(mine, standing),
        "seated": mine if mine.claim.has_seat else None,
        **selectors.offers_last(mine.claim.occasion),
    }


def _marks_brands(mine: SignUp | None) -> bool:
    return mine is not None and mine.claim.has_seat and mine.party.kind != PartyKind.MERCHANT


def _goods(request: PageRequest, fair: Fair, mine: SignUp | None) -> dict[str, Any]:
    """What brands with a seat show, a part at a time."""
    asked = selectors.GoodsAsked(
        show=request.GET.get("show", ""),
        has_samples=request.GET.get("samples") == "1",
        least=min(whole_number(request.GET.get("commission", "")), 100),
        first=min(whole_number(request.GET.get("from", "")), MOST_GOODS),
    )
    goods = selectors.goods_there(fair, request.actor.party, mine, asked)
    kept = request.GET.copy()
    for name in ("from", "show"):
        kept.pop(name, None)
    return {
        "goods": goods,
        "goods_tabs": [(name, SHOWN[name], n) for name, n in goods.counts.items()],
        "goods_kept": kept.urlencode(),
        "query": request.GET.urlencode(),
        "commissions": selectors.COMMISSIONS,
    }


def _people(actor: Actor, mine: SignUp | None) -> dict[str, Any]:
    """Whom one may meet, once one has a seat; who wants it first."""
    if mine is None or not mine.claim.has_seat:
        return {}
    candidates = selectors.candidates_of(mine)
    return {
        "wanting": [one for one in candidates if one.wants_you][:MOST_PEOPLE],
        "there": candidates[:MOST_PEOPLE],
        "there_count": len(candidates),
        "can_wish": rules.can_wish(actor, mine),
        "marks": MARKS,
        "marking": mine if _marks_brands(mine) else None,
    }


def _prepared(actor: Actor, fair: Fair) -> SignUpDraft | None:
    own = SignUpDraft.objects.owned_by(actor).filter(fair=fair)
    return own.select_related("fair").first() if actor.party_id else None


def _views(actor: Actor) -> list[str]:
    views = ["ahead", "past"]
    if actor.party is not None:
        views.insert(1, "mine")
    if rules.can_run_fairs(actor):
        views.append("planned")
    return views


def _page(request: PageRequest, view: str) -> Any:
    rows = selectors.list_fairs(
        request.actor, view, request.GET.get("category", ""), request.GET.get("city", "")
    )
    cursor = request.GET.get("cursor", "")
    return ordered_page(rows, cursor, field="starts_at", ascending=view != "past")


def _progress(year: int) -> list[tuple[Any, int, int, int]]:
    """Label, reached, announced, percent."""
    return [
        (YEAR_LABELS[name], n, goal, min(100, 100 * n // goal))
        for name, n, goal in selectors.year_progress(year).rows
    ]


def _kpis(year: int) -> list[dict[str, Any]]:
    return [
        {
            "label": YEAR_LABELS[name],
            "value": f"{reached:,}",
            "unit": f"/ {goal:,}",
            "note": f"{100 * reached // goal}%",
        }
        for name, reached, goal in selectors.year_progress(year).rows
        if name != "categories"
    ]
