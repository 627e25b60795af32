"""A provider's boards: the dimensions, how soon it answers, its money, what lifts it most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.needs.selectors import pace_of
from portal.core.actor import Actor
from portal.core.templatetags.ui import num
from portal.evaluation.selectors import NextLever, PublicRating, next_lever, shown_rating
from portal.evaluation.templatetags.ratings import change, figure
from portal.pages.homes.cards import (
    Card,
    Home,
    NextStep,
    courses_card,
    money_card,
    rating_card,
    sales_figure,
    shortest,
    tasks_card,
)
from portal.parties.models import Party
from portal.revenue.selectors import sold_year


def provider_home(actor: Actor, party: Party) -> Home:
    shown = shown_rating(party.kind, party.pk)
    rating, money = rating_card(shown), money_card(actor, party)
    year = sold_year(actor, "provider")
    figures = [*sales_figure(year, _("Settled net GMV served, 12 months")), *_pace(party)]
    cards = (rating, money, tasks_card(actor, party), courses_card(actor))
    return Home(figures, [card for card in cards if card is not None], _next(shown, rating))


def _pace(party: Party) -> Iterator[dict[str, Any]]:
    """The clock others see on the profile."""
    if (pace := pace_of(party.pk)) is None:
        return
    said = {"answered": pace.answered, "asked": pace.asked}
    yield {
        "label": _("Answers within"),
        "value": num(pace.hours, 1),
        "unit": _("working hours"),
        "url": reverse("need_list"),
        "note": _("%(answered)s of %(asked)s invitations answered") % said,
    }


def _next(shown: PublicRating | None, rating: Card | None) -> NextStep:
    """The step that lifts the score most; else the shortest board; else the next merchant."""
    lever = next_lever(shown.rating) if shown is not None and shown.is_rated else None
    if lever is not None:
        return _by_lever(lever)
    if (row := shortest(rating)) is not None:
        return NextStep(
            _("Your shortest board: %(name)s") % {"name": row.label},
            _("The evaluation lists the three steps that raise it most, and where each is taken."),
            reverse("evaluation_detail"),
            _("See the three steps"),
        )
    return NextStep(
        _("Win the next merchant"),
        _("Open needs can be answered without an invitation."),
        f"{reverse('need_list')}?view=open",
        _("Look at the open needs"),
    )


def _by_lever(lever: NextLever) -> NextStep:
    """Where something is offered for it the step leads there, else to the three steps."""
    said = {
        "value": figure(lever.value, lever.unit),
        "target": figure(lever.target, lever.unit),
        "gain": change(lever.gain, 2),
    }
    told = [_("From %(value)s to %(target)s moves the composite by %(gain)s.") % said]
    if lever.more:
        told.append(
            _("That is %(more)s more of %(sample)s.")
            % {"more": num(lever.more), "sample": figure(lever.sample)}
        )
    remedy = next(iter(lever.remedies), None)
    if remedy is not None:
        told.append(
            _("Offered for it: %(kind)s “%(title)s”.")
            % {"kind": remedy.get_kind_display(), "title": remedy.title}
        )
    return NextStep(
        _("What lifts your score most: %(name)s") % {"name": lever.name},
        " ".join(told),
        remedy.url if remedy is not None else f"{reverse('evaluation_detail')}#levers",
        _("Look") if remedy is not None else _("See the three steps"),
    )
