"""A creator's path: the next fairs and whether it may come, the gate, samples it owes posts for,
what it sold and earned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.catalogue.selectors import GateView, gate_of, reputation_of_creator
from matchmaking.catalogue.selectors.creators import Step
from matchmaking.fairs.selectors import NextFair, RoleSeats, next_fairs_for
from matchmaking.samples.models import Sample
from matchmaking.samples.states import SampleStatus
from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, day, moment, num
from portal.growth.selectors import paths_of
from portal.pages.homes.cards import (
    Card,
    Home,
    NextStep,
    Row,
    money_card,
    sales_figure,
    tasks_card,
)
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue.selectors import sold_year

MOST_FAIRS = 4
OWED = (SampleStatus.RECEIVED, SampleStatus.DUE, SampleStatus.OVERDUE)


def creator_home(actor: Actor, party: Party) -> Home:
    gate, samples = gate_of(party), _samples(party)
    year = sold_year(actor, "creator")
    figures = [
        *sales_figure(year, _("Settled net GMV, 12 months")),
        *_owed(samples),
        *_reputation(party),
    ]
    cards = (
        _fairs(party),
        _growth(party),
        tasks_card(actor, party),
        _gate(gate),
        money_card(actor, party),
    )
    return Home(figures, [card for card in cards if card is not None], _next(gate, samples))


def _samples(party: Party) -> dict[str, Any]:
    late = Q(status=SampleStatus.OVERDUE)
    owed = Sample.objects.of_receiver(party).filter(status__in=OWED)
    return owed.aggregate(owed=Count("pk"), late=Count("pk", filter=late), due=Min("due_on"))


def _owed(samples: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Nothing for who owes none."""
    if not samples["owed"]:
        return
    note = ""
    if samples["late"]:
        note = _("%(n)s overdue") % {"n": samples["late"]}
    elif samples["due"]:
        note = _("next until %(day)s") % {"day": day(samples["due"])}
    yield {
        "label": _("Posts owed for samples"),
        "value": num(samples["owed"]),
        "url": reverse("sample_list"),
        "note": note,
        "tone": "bad" * bool(samples["late"]),
    }


def _reputation(party: Party) -> Iterator[dict[str, Any]]:
    if (found := reputation_of_creator(party)) is None:
        return
    value = MISSING if found.stars is None else num(found.stars, 2)
    note = _("of 5, from %(n)s delivered orders in 90 days") % {"n": num(found.delivered)}
    url = reverse("gate_detail")
    yield {"label": _("Reputation"), "value": value, "url": url, "note": note}


def _fairs(party: Party) -> Card | None:
    """Those it has not signed up for: where it qualifies the seats that are left, else why not."""
    rows = [_fair(one) for one in next_fairs_for(party, MOST_FAIRS)]
    if not rows:
        return None
    url, note = reverse("fair_list"), _("and whether you qualify")
    return Card("fairs", _("The next fairs"), rows, url, _("All fairs"), note)


def _fair(one: NextFair) -> Row:
    begins, url = day(one.fair.starts_at), one.fair.get_absolute_url()
    if (missed := one.missed) is not None:
        said = {"label": missed.label, "asked": missed.asked, "known": missed.known}
        note = _("Not yet: %(label)s, %(asked)s asked, yours %(known)s.") % said
        return Row(one.fair.title, begins, note, url, tone="warn")
    told = [_("You qualify")]
    if one.fair.opens_in:
        told.append(_("sign-up opens %(at)s") % {"at": moment(one.fair.occasion.opens_at)})
    if (seats := one.seats_for(PartyKind.CREATOR)) is not None:
        told.append(_left(seats))
    return Row(one.fair.title, begins, " · ".join(told), url, tone="ok")


def _left(seats: RoleSeats) -> str:
    said = {"free": num(seats.free), "all": num(seats.capacity), "n": num(seats.waiting)}
    if not seats.is_full:
        return _("%(free)s of %(all)s seats left") % said
    return _("full, %(n)s in line") % said if seats.waiting else _("full")


def _growth(party: Party) -> Card | None:
    """The four lines: the level held, how far the next one is, and the step to it."""
    rows = [
        Row(
            str(one.line.label),
            _("level %(level)s") % {"level": one.place.level},
            one.next,
            f"{reverse('growth_home')}#{one.line.value}",
            percent=one.place.percent,
            tone="ok" if one.place.is_last else "",
        )
        for one in paths_of(party)
    ]
    if not rows:
        return None
    return Card("growth", _("Our growth"), rows, reverse("growth_home"), _("The four lines"))


def _gate(gate: GateView) -> Card | None:
    if not gate.steps:
        return None
    rows = [_step(one) for one in gate.steps]
    note = _("The gate is open") if gate.is_open else ""
    return Card("gate", _("Sharing goods"), rows, reverse("gate_detail"), _("To the list"), note)


def _step(one: Step) -> Row:
    tone = "ok" if one.is_met else "warn"
    note = "" if one.is_met else str(one.advice)
    return Row(one.label, one.said, note, percent=100 if one.is_met else 0, tone=tone)


def _next(gate: GateView, samples: dict[str, Any]) -> NextStep:
    if samples["late"]:
        return NextStep(
            _("Show what you received"),
            _("A post for a sample is overdue; merchants see it beside your name."),
            reverse("sample_list"),
            _("Samples"),
        )
    missing = next((one for one in gate.steps if not one.is_met), None)
    if missing is not None:
        text, url = str(missing.advice), reverse("gate_detail")
        return NextStep(
            _("Still missing: %(what)s") % {"what": missing.label}, text, url, _("Look")
        )
    return NextStep(
        _("Say what you want to sell"),
        _("Merchants answer a recruiting post with products and terms."),
        reverse("post_list"),
        _("Recruiting posts"),
    )
