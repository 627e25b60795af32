"""A provider's boards: the dimensions, how soon it answers, its money, what lifts it most."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.needs.selectors import pace_of
from portal.core.actor import Actor
from portal.core.templatetags.ui import num
from portal.pages.homes.cards import (
    Card,
    Home,
    NextStep,
    money_card,
    rating_card,
    sales_figure,
    shortest,
)
from portal.parties.models import Party
from portal.revenue.selectors import sold_year


def provider_home(actor: Actor, party: Party) -> Home:
    rating, money = rating_card(party), money_card(actor, party)
    year = sold_year(actor, "provider")
    figures = [*sales_figure(year, _("Settled net GMV served, 12 months")), *_pace(party)]
    cards = [card for card in (rating, money) if card is not None]
    return Home(figures, cards, _next(rating))


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


def _next(rating: Card | None) -> NextStep:
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
