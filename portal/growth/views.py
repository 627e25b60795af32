"""A creator's four lines, a provider's benefits, and the rules of both for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.growth import rules, selectors
from portal.growth.models import GrowthRules
from portal.growth.states import ProviderBenefit
from portal.growth.tables import LINES
from portal.parties.states import PartyKind

SHOWN_STEPS = 10


@require_safe
def growth_home(request: PageRequest) -> HttpResponse:
    """A creator's own lines; what each level asks, for everybody else."""
    party, held = request.actor.party, selectors.rules_on(clock.today())
    context: dict[str, Any] = {
        "rules": held,
        "ladders": selectors.ladders_of(held) if held else [],
        "versions": selectors.versions(),
        "today": clock.today(),
        "party": None,
    }
    if party is not None and rules.can_see_own_lines(request.actor):
        paths = selectors.paths_of(party)
        context |= {
            "party": party,
            "paths": paths,
            "next": selectors.next_line(paths),
            "steps": selectors.steps_of(party)[:SHOWN_STEPS],
        }
    return render_page(request, "growth/growth_home.html", context)


@require_safe
def growth_benefits(request: PageRequest) -> HttpResponse:
    """What size and score bring, with what a provider has used of its own."""
    party, held = request.actor.party, selectors.rules_on(clock.today())
    is_provider = party is not None and party.kind == PartyKind.PROVIDER
    own = selectors.where_it_stands(party.pk) if party is not None and is_provider else None
    context = {
        "rules": held,
        "kinds": list(ProviderBenefit),
        "table": selectors.table_of(held, own) if held else [],
        "own": own,
        "benefits": selectors.benefits_of(party, own) if party is not None and own else [],
        "versions": selectors.versions(),
        "today": clock.today(),
    }
    return render_page(request, "growth/growth_benefits.html", context)


@login_required
@require_safe
def growth_register(request: PageRequest) -> HttpResponse:
    rules.can_see_all_lines(request.actor).require()
    context = {"table": read_table(request, LINES)}
    return render_page(request, "growth/growth_register.html", context, partial="table")


@require_safe
def growth_rules_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One version of the rules, as it was announced."""
    held = get_object_or_404(GrowthRules.objects.approved().whole(), pk=pk)
    context = {
        "rules": held,
        "ladders": selectors.ladders_of(held),
        "kinds": list(ProviderBenefit),
        "table": selectors.table_of(held),
        "versions": selectors.versions(),
        "today": clock.today(),
    }
    return render_page(request, "growth/growth_rules_detail.html", context)
