"""The stars for everybody: the rules in words and numbers, who holds which, and a badge's proof."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.core import clock
from portal.core.documents import qr_drawing
from portal.core.http import PageRequest
from portal.core.web import ordered_page, render_page, whole_number
from portal.parties.states import PartyKind
from portal.tiers import selectors
from portal.tiers.models import StarReview, StarRuleSet, StarStanding
from portal.tiers.states import STANDING, Stars

MOST_WORDS, SHOWN_QUARTERS = 60, 12


@require_safe
def star_front(request: PageRequest) -> HttpResponse:
    rules = selectors.rules_on(clock.today())
    party = request.actor.party
    context = {
        "rules": rules,
        "table": selectors.table_of(rules) if rules else [],
        "versions": selectors.versions(),
        "counts": selectors.counts_by_star(),
        "window": selectors.near_window(),
        "today": clock.today(),
        "is_agency": party is not None and party.kind == PartyKind.AGENCY,
    }
    return render_page(request, "tiers/star_front.html", context)


@require_safe
def star_holder_list(request: PageRequest) -> HttpResponse:
    """From the most stars down, narrowed by name and star."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:MOST_WORDS]
    stars = whole_number(request.GET.get("stars", ""))
    stars = stars if stars in range(1, 6) else 0
    rows = selectors.holders(words, stars)
    context = {
        "page": ordered_page(rows, request.GET.get("cursor", ""), field="stars", ascending=False),
        "counts": selectors.counts_by_star(),
        "words": words,
        "stars": stars,
        "choices": Stars.choices[1:],
    }
    return render_page(request, "tiers/star_holder_list.html", context, partial="holders")


@require_safe
def star_rules_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One version of the rules, as it was announced."""
    rules = get_object_or_404(StarRuleSet.objects.approved().whole(), pk=pk)
    context = {
        "rules": rules,
        "table": selectors.table_of(rules),
        "versions": selectors.versions(),
        "today": clock.today(),
    }
    return render_page(request, "tiers/star_rules_detail.html", context)


@require_safe
def star_badge(request: PageRequest, number: str) -> HttpResponse:
    """What the number on a badge stands for now, whoever asks."""
    standing = get_object_or_404(
        StarStanding.objects.select_related("party__city", "review"),
        number=number.replace("\0", "").upper(),
    )
    quarters = StarReview.objects.filter(party=standing.party_id, status__in=STANDING)
    context = {
        "standing": standing,
        "party": standing.party,
        "is_valid": standing.stars > 0 and standing.party.is_public,
        "quarters": quarters.newest_first()[:SHOWN_QUARTERS],
        "drawing": qr_drawing(f"{settings.SITE_URL}{standing.get_absolute_url()}"),
        "today": clock.today(),
    }
    return render_page(request, "tiers/star_badge.html", context)
