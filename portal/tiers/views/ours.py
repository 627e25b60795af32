"""An agency's own stars: where it stands, what is missing, and each quarter with its rows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.http import PageRequest
from portal.core.tables import read_table
from portal.core.web import ordered_page, render_page
from portal.parties.models import Party, parties_seen_whole
from portal.tiers import rules, selectors
from portal.tiers.benefits import benefits_of
from portal.tiers.models import Framework, StarAppeal, StarApplication, StarReview
from portal.tiers.tables import QUARTERS

SHOWN_QUARTERS = 12


@login_required
@require_safe
def star_home(request: PageRequest) -> HttpResponse:
    party = request.actor.party
    rules.can_see_own_stars(request.actor).require()
    if party is None:
        raise Http404
    standing = selectors.standing_of(party.pk)
    held = standing.stars if standing else 0
    latest = selectors.latest_review(request.actor)
    review = selectors.open_review(request.actor)
    quarters = StarReview.objects.visible_to(request.actor).filter(party=party)
    context = {
        "party": party,
        "standing": standing,
        "held": held,
        "latest": latest,
        "sees_sums": Party.objects.filter(
            pk=party.pk, pk__in=parties_seen_whole(request.actor)
        ).exists(),
        "bars": selectors.bars_to_next(latest, held) if latest else [],
        "open": review,
        "bars_open": selectors.bars_to_next(review, review.before) if review else [],
        "application": StarApplication.objects.filter(review=review).first() if review else None,
        "can_apply": rules.can_apply(request.actor, review),
        "window": selectors.near_window(),
        "benefits": benefits_of(party, held),
        "quarters": quarters.select_related("window").newest_first()[:SHOWN_QUARTERS],
        "framework": Framework.objects.visible_to(request.actor)
        .filter(party=party)
        .exclude(status="dropped")
        .order_by("-starts_on")
        .first(),
        "can_propose": rules.can_propose_framework(request.actor, party),
        "today": clock.today(),
    }
    return render_page(request, "tiers/star_home.html", context)


@login_required
@require_safe
def star_register(request: PageRequest) -> HttpResponse:
    """Quarters in a table: an agency's own, everybody's for who reviews stars."""
    rules.can_list_quarters(request.actor).require()
    context = {"table": read_table(request, QUARTERS)}
    return render_page(request, "tiers/star_register.html", context, partial="table")


@login_required
@require_safe
def star_review_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One quarter: the numbers, the creators behind them, why the result is what it is."""
    review = get_object_or_404(StarReview.objects.visible_to(request.actor).whole(), pk=pk)
    rows = selectors.counted_in(review)
    context = {
        "review": review,
        "bars": selectors.bars_to_next(review, review.before),
        "reasons": selectors.reasons_of(review),
        "steps": review.steps.select_related("by").order_by("pk"),
        "page": ordered_page(
            rows, request.GET.get("cursor", ""), field="net_fen", ascending=False, size=20
        ),
        "application": StarApplication.objects.filter(review=review).first(),
        "appeals": StarAppeal.objects.filter(review=review).order_by("filed_at"),
        "can_apply": rules.can_apply(request.actor, review),
        "can_appeal": rules.can_appeal_review(request.actor, review),
        "appeals_until": rules.appeals_until(review),
        "is_own": request.actor.speaks_for(review.party_id),
        "months": selectors.order_months(request.actor, review),
        "can_propose": rules.can_propose_framework(request.actor, review.party)
        if request.actor.has_perm("tiers.manage_framework")
        else None,
    }
    return render_page(request, "tiers/star_review_detail.html", context, partial="creators")
