"""The facts a party is measured by, and the row behind each."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import render_page
from portal.evaluation import rules, selectors
from portal.evaluation.models import Fact
from portal.evaluation.tables import FACTS


@login_required
@require_safe
def fact_list(request: PageRequest) -> HttpResponse:
    rules.can_list_facts(request.actor).require()
    context = {
        "table": read_table(request, FACTS),
        "can_feed": rules.can_feed_facts(request.actor),
    }
    return render_page(request, "evaluation/fact_list.html", context, partial="table")


@login_required
@require_safe
def fact_detail(request: PageRequest, pk: int) -> HttpResponse:
    seen = Fact.objects.visible_to(request.actor).select_related("party", "service")
    fact = get_object_or_404(seen, pk=pk)
    context = {
        "fact": fact,
        "measure": selectors.measure_of(fact),
        "title": selectors.title_of(fact),
        "value": selectors.written_value(fact),
        "standing": selectors.standing_of(fact),
        "counterpart": selectors.pseudonym_of(fact),
        "behind": selectors.row_behind(request.actor, fact),
        "chain": [
            (row, selectors.written_value(row), selectors.standing_of(row))
            for row in selectors.chain_of(fact)
        ],
        "can_correct": rules.can_correct_fact(request.actor, fact),
    }
    return render_page(request, "evaluation/fact_detail.html", context)
