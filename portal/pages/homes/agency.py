"""An agency's creators and its star."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, day, money_short, num
from portal.pages.homes.cards import (
    Card,
    Home,
    NextStep,
    Row,
    money_card,
    rating_card,
    sales_figure,
)
from portal.parties.models import Party
from portal.revenue.selectors import sold_year
from portal.tiers.models import StarReview
from portal.tiers.selectors import Bar, bars_to_next, latest_review, standing_of


def agency_home(actor: Actor, party: Party) -> Home:
    review, standing = latest_review(actor), standing_of(party.pk)
    bars = bars_to_next(review, standing.stars if standing else 0) if review else []
    year = sold_year(actor, "agency")
    figures = [*sales_figure(year, _("Settled net GMV, 12 months")), *_quarter(review)]
    cards = (_star(review, bars), rating_card(party), money_card(actor, party))
    return Home(figures, [card for card in cards if card is not None], _next(party, bars))


def _quarter(review: StarReview | None) -> Iterator[dict[str, Any]]:
    """What the stars count of the quarter that runs."""
    if review is None:
        return
    url, note = review.get_absolute_url(), _("as of %(day)s") % {"day": day(review.as_of)}
    net = money_short(review.net_fen)
    yield {"label": _("Settled net GMV of the quarter"), "value": net, "url": url, "note": note}
    yield {"label": _("Active creators"), "value": num(review.creators), "url": url, "note": note}
    health = MISSING if review.points is None else num(review.points, 1)
    yield {"label": _("Health"), "value": health, "url": reverse("evaluation_detail")}


def _star(review: StarReview | None, bars: Sequence[Bar]) -> Card | None:
    if review is None:
        return None
    rows = [
        Row(
            bar.label,
            f"{bar.has} / {bar.asked}",
            bar.lack or _("Reached"),
            percent=bar.need.percent,
            tone=bar.tone,
        )
        for bar in bars
    ]
    return Card("star", _("To the next star"), rows, reverse("star_home"), _("Our stars"))


def _next(party: Party, bars: Sequence[Bar]) -> NextStep:
    roster = reverse("roster_list", args=[party.pk])
    lacking = [bar for bar in bars if bar.lack]
    if lacking:
        near = max(lacking, key=lambda bar: bar.need.percent)
        return NextStep(
            _("Nearest to the next star: %(name)s") % {"name": near.label},
            near.lack,
            reverse("star_home"),
            _("Our stars"),
        )
    return NextStep(
        _("Sign creators"),
        _("Stars, tracks and fairs count who is under contract and sells."),
        roster,
        _("Roster"),
    )
