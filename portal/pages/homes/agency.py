"""An agency's creators, its star and its annual framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, day, money_short, num
from portal.evaluation.selectors import shown_rating
from portal.pages.homes.cards import (
    Card,
    Home,
    NextStep,
    Row,
    courses_card,
    money_card,
    rating_card,
    sales_figure,
    tasks_card,
)
from portal.parties.models import Party
from portal.parties.states import PartyStatus
from portal.revenue.selectors import sold_year
from portal.tiers.framework_states import LEAST_PACE, FrameworkStatus
from portal.tiers.models import CountedCreator, Framework, StarReview
from portal.tiers.selectors import Bar, bars_to_next, latest_review, standing_of

MOST_CREATORS = 5


def agency_home(actor: Actor, party: Party) -> Home:
    review, standing = latest_review(actor), standing_of(party.pk)
    bars = bars_to_next(review, standing.stars if standing else 0) if review else []
    year = sold_year(actor, "agency")
    figures = [*sales_figure(year, _("Settled net GMV, 12 months")), *_quarter(review)]
    cards = (
        _star(review, bars),
        _creators(review, party),
        _framework(actor),
        rating_card(shown_rating(party.kind, party.pk)),
        money_card(actor, party),
        tasks_card(actor, party),
        courses_card(actor),
    )
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


def _creators(review: StarReview | None, party: Party) -> Card | None:
    """Who brought most of the quarter that runs, and who does not count as active, and why."""
    if review is None:
        return None
    here = review.counted.filter(is_here=True)
    most = list(
        here.select_related("creator").order_by("-net_fen", "creator__name")[:MOST_CREATORS]
    )
    if not most:
        return None
    note = _("this quarter; %(n)s count as active") % {"n": num(review.creators)}
    rows = [_creator(one, most[0].net_fen) for one in most]
    return Card(
        "creators",
        _("Creators who bring most"),
        rows,
        reverse("roster_list", args=[party.pk]),
        _("Roster"),
        note,
    )


def _creator(one: CountedCreator, best: int) -> Row:
    days = one.selling_days
    told = [] if days is None else [_("%(n)s selling days in 30") % {"n": num(days)}]
    if one.lack:
        told.append(one.get_lack_display())
    return Row(
        one.creator.name,
        money_short(one.net_fen),
        " · ".join(told),
        reverse("creator_detail", args=[one.creator_id])
        if one.creator.status == PartyStatus.LISTED
        else "",
        percent=100 * one.net_fen // best if best > 0 else 0,
        tone="warn" if one.lack else "ok",
    )


def _framework(actor: Actor) -> Card | None:
    """The annual framework that runs: reached, asked for by now, where it leads, what it brings."""
    running = Framework.objects.visible_to(actor).filter(status=FrameworkStatus.RUNNING)
    found = running.filter(target_fen__gt=0).order_by("-starts_on").first()
    if found is None:
        return None
    share = min(100, 100 * max(found.actual_fen, 0) // found.target_fen)
    is_behind = found.actual_fen * 10_000 < found.due_fen * LEAST_PACE
    rows = [
        Row(
            _("Reached"),
            f"{money_short(found.actual_fen)} / {money_short(found.target_fen)}",
            _("the plan asks for %(due)s by now") % {"due": money_short(found.due_fen)},
            percent=share,
            tone="warn" if is_behind else "ok",
        ),
        Row(_("At today's pace"), money_short(found.projected_fen)),
        Row(_("Rebate, estimated"), money_short(found.rebate_fen)),
    ]
    note = _("as of %(day)s") % {"day": day(found.as_of)}
    url, verb = found.get_absolute_url(), _("To the framework")
    return Card("framework", _("Annual framework"), rows, url, verb, note)


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
