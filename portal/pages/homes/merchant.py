"""A merchant's diagnosis: what settles and comes back, who works for it, how its goods prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Avg, Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from matchmaking.catalogue.models import Product
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import LIVE
from portal.core.actor import Actor
from portal.core.templatetags.ui import MISSING, money_short, num
from portal.evaluation.selectors import shown_ratings
from portal.pages.homes.cards import (
    Card,
    Home,
    NextStep,
    Row,
    change_of,
    sales_figure,
    tasks_card,
)
from portal.parties.models import Party
from portal.parties.states import PartyKind
from portal.revenue.selectors import ChannelYear, SoldYear, sold_by_channel, sold_year

MOST_ROWS = 5


def merchant_home(actor: Actor, party: Party) -> Home:
    year = sold_year(actor, "merchant")
    channels = sold_by_channel(actor) if year is not None else []
    partners, products = _partners(actor), _products(party)
    figures = [
        *sales_figure(year, _("Settled net GMV, 12 months")),
        *_refunds(year),
        *_reputation(party),
    ]
    cards = (_channels(channels), partners, products, tasks_card(actor, party))
    shown = [card for card in cards if card is not None]
    return Home(figures, shown, _next(year, channels, partners, products))


def _refunds(year: SoldYear | None) -> Iterator[dict[str, Any]]:
    """Of the last whole month; younger ones may still come back."""
    if year is None or (rate := year.last.refund_rate) is None:
        return
    rates = [one.refund_rate for one in year.months]
    yield {
        "label": _("Refund rate"),
        "value": f"{num(rate, 1)}%",
        "trend": [one for one in rates[:-1] if one is not None],
        "url": reverse("return_list"),
        "note": _("of what was paid last month") + _points(year),
    }


def _points(year: SoldYear) -> str:
    rate, before = year.last.refund_rate, year.before.refund_rate
    return "" if rate is None or before is None else f" · {rate - before:+.1f}"


def _reputation(party: Party) -> Iterator[dict[str, Any]]:
    rated = Q(score__gte=0)
    found = Product.objects.filter(merchant=party, ended_at=None).aggregate(
        all=Count("pk"), rated=Count("pk", filter=rated), mean=Avg("score", filter=rated)
    )
    if not found["all"]:
        return
    yield {
        "label": _("Reputation of products"),
        "value": num(found["mean"] / 100, 2) if found["rated"] else MISSING,
        "url": reverse("product_list"),
        "note": _("%(rated)s of %(all)s rated") % found,
    }


def _channels(channels: Sequence[ChannelYear]) -> Card | None:
    """Where the year's sales came from, and whether each grows."""
    whole = sum(one.net_fen for one in channels)
    if not whole:
        return None
    rows = [_channel(one, whole) for one in channels if one.net_fen]
    note, url = _("settled net GMV, 12 months"), reverse("order_list")
    return Card("channels", _("Where it was sold"), rows, url, _("To the orders"), note)


def _channel(one: ChannelYear, whole: int) -> Row:
    share, last = 100 * one.net_fen / whole, money_short(one.last.net_fen)
    told = [_("%(share)s%% of all") % {"share": num(share)}]
    told.append(_("%(fen)s last month") % {"fen": last} + change_of(one))
    if (rate := one.last.refund_rate) is not None:
        told.append(_("refunds %(rate)s%%") % {"rate": num(rate, 1)})
    return Row(
        str(one.channel.label),
        money_short(one.net_fen),
        " · ".join(told),
        _orders_of(one),
        percent=round(share),
        trend=[month.net_fen for month in one.months],
    )


def _orders_of(one: ChannelYear, state: str = "") -> str:
    more = f"&state={state}" if state else ""
    return f"{reverse('order_list')}?channel={one.channel.value}{more}"


def _partners(actor: Actor) -> Card | None:
    """Who works for it now, the newest first, each with its public rating."""
    live = Cooperation.objects.visible_to(actor).filter(status__in=LIVE)
    named = live.filter(provider__kind=PartyKind.PROVIDER).select_related("provider")
    newest = list(named.order_by("-agreed_at", "-pk")[: 2 * MOST_ROWS])
    parties = list({one.provider_id: one.provider for one in newest}.values())[:MOST_ROWS]
    if not parties:
        return None
    ratings = shown_ratings(PartyKind.PROVIDER, [one.pk for one in parties])
    rows = [_partner(one, ratings.get(one.pk)) for one in parties]
    url = reverse("cooperation_list")
    return Card("partners", _("Providers at work"), rows, url, _("All cooperations"))


def _partner(party: Party, rating: Any) -> Row:
    url = reverse("provider_detail", args=[party.pk])
    if rating is None or not rating.is_rated:
        return Row(party.name, MISSING, _("not rated; that does not mean bad"), url)
    score = rating.rating.score
    return Row(party.name, num(score, 1), rating.rank, url, percent=round(score))


def _products(party: Party) -> Card | None:
    """The lowest first: there is most to gain."""
    rated = Product.objects.filter(merchant=party, ended_at=None, score__gte=0)
    lowest = list(rated.order_by("score", "pk")[:MOST_ROWS])
    if not lowest:
        return None
    rows = [
        Row(
            one.name,
            num(one.score / 100, 2),
            url=one.get_absolute_url(),
            percent=one.score // 5,
        )
        for one in lowest
    ]
    url, note = reverse("product_list"), _("of 5; the lowest first")
    return Card("products", _("Reputation of products"), rows, url, _("All products"), note)


def _next(
    year: SoldYear | None,
    channels: Sequence[ChannelYear],
    partners: Card | None,
    products: Card | None,
) -> NextStep:
    """More refunds than the month before come first, then nobody at work, then the lowest
    product."""
    if year is not None and _is_rising(year):
        return _about_refunds(channels)
    if partners is None:
        return NextStep(
            _("No provider works for you"),
            _("Write a need: the candidates stand in order before you publish it."),
            reverse("need_create"),
            _("Write a need"),
        )
    if products is not None:
        lowest = products.rows[0]
        return NextStep(
            _("Lift the lowest product"),
            _("%(name)s stands at %(score)s; its page names the part that pulls it down.")
            % {"name": lowest.label, "score": lowest.value},
            lowest.url,
            _("Look"),
        )
    return NextStep(
        _("Offer products"),
        _("Creators and fairs find you by what you offer."),
        reverse("product_list"),
        _("Our products"),
    )


def _is_rising(year: SoldYear | ChannelYear) -> bool:
    rate, before = year.last.refund_rate, year.before.refund_rate
    return rate is not None and before is not None and rate > before + 1


def _about_refunds(channels: Sequence[ChannelYear]) -> NextStep:
    """By the channel that most of last month's came back from, among those where it grew."""
    grown = [one for one in channels if _is_rising(one)]
    most = max(grown, key=lambda one: one.last.refunded_fen, default=None)
    if most is None:
        return NextStep(
            _("Refunds grow"),
            _("More came back last month than the month before, by no channel alone."),
            f"{reverse('order_list')}?state=refunded",
            _("See the refunds"),
        )
    said = _("%(channel)s: %(rate)s%% of what was paid last month came back, %(before)s%% before.")
    return NextStep(
        _("Refunds grow"),
        said
        % {
            "channel": most.channel.label,
            "rate": num(most.last.refund_rate, 1),
            "before": num(most.before.refund_rate, 1),
        },
        _orders_of(most, "refunded"),
        _("See the refunds"),
    )
