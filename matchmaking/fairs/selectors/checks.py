"""What is known of a party beside each threshold of a fair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import Avg
from django.utils.translation import gettext as _

from matchmaking.catalogue.models import CartPermission, Product
from matchmaking.catalogue.selectors import deposit_of, reputation_of_creator
from matchmaking.catalogue.states import ProductStatus
from matchmaking.fairs.models import Fair, Threshold
from matchmaking.fairs.rules import Check
from matchmaking.fairs.states import Measure
from portal.activity.selectors import figures_of
from portal.core import clock
from portal.core.money import Money
from portal.parties.models import Party, RosterEntry
from portal.parties.states import PartyKind


def checks_of(fair: Fair, party: Party, products: Sequence[Product] | None = None) -> list[Check]:
    """Each threshold for the party's role. `products` None: none chosen yet, so all it offers."""
    rows = [row for row in fair.thresholds.all() if row.role == party.kind]
    if not rows:
        return []
    if products is None and party.kind == PartyKind.MERCHANT:
        products = list(Product.objects.filter(merchant=party, status=ProductStatus.LISTED))
    return [_check(row, KNOWN[Measure(row.measure)](party, products or [])) for row in rows]


def checks_at(fairs: Iterable[Fair], party: Party) -> dict[int, list[Check]]:
    """The same for many fairs: what is known of the party is asked once a measure. With all that
    a merchant offers."""
    mine = {
        fair.pk: [row for row in fair.thresholds.all() if row.role == party.kind] for fair in fairs
    }
    known = _known_of(party, {Measure(row.measure) for rows in mine.values() for row in rows})
    return {
        pk: [_check(row, known[Measure(row.measure)]) for row in rows] for pk, rows in mine.items()
    }


def _known_of(party: Party, measures: Iterable[Measure]) -> Mapping[Measure, int | None]:
    asked, products = set(measures), list[Product]()
    if Measure.COMMISSION in asked:
        products = list(Product.objects.filter(merchant=party, status=ProductStatus.LISTED))
    return {one: KNOWN[one](party, products) for one in asked}


def _check(row: Threshold, known: int | None) -> Check:
    measure = Measure(row.measure)
    is_met = known >= row.least if known is not None else measure == Measure.REPUTATION
    return Check(
        measure=measure.value,
        label=str(measure.label),
        asked=_asked(measure, row.least),
        known=_("not known") if known is None else in_words(measure, known),
        is_met=is_met,
        is_unknown=known is None,
    )


def _reputation(party: Party, products: Sequence[Product]) -> int | None:
    """A creator's own; a merchant's: the mean of its rated products."""
    if party.kind == PartyKind.CREATOR:
        newest = reputation_of_creator(party)
        return newest.score if newest else None
    mean = Product.objects.filter(merchant=party, score__gte=0).aggregate(mean=Avg("score"))
    return None if mean["mean"] is None else round(mean["mean"])


def _commission(party: Party, products: Sequence[Product]) -> int | None:
    """The lowest of those that are shown."""
    return min((product.commission_bp for product in products), default=None)


def _followers(party: Party, products: Sequence[Product]) -> int | None:
    figure = figures_of([party.pk]).get(party.pk, {}).get("followers")
    return figure.value if figure else None


def _deposit(party: Party, products: Sequence[Product]) -> int | None:
    return deposit_of(party.pk)


def _cart(party: Party, products: Sequence[Product]) -> int | None:
    return int(CartPermission.objects.filter(creator=party, ended_at=None).exists())


def _roster(party: Party, products: Sequence[Product]) -> int | None:
    mine = RosterEntry.objects.running().of_agency(party)
    return mine.filter(period__contains=clock.today()).count()


KNOWN: dict[Measure, Callable[[Party, Sequence[Product]], int | None]] = {
    Measure.REPUTATION: _reputation,
    Measure.COMMISSION: _commission,
    Measure.FOLLOWERS: _followers,
    Measure.DEPOSIT: _deposit,
    Measure.CART: _cart,
    Measure.ROSTER: _roster,
}


def in_words(measure: Measure, value: int) -> str:
    match measure:
        case Measure.REPUTATION:
            return f"{value / 100:.2f}"
        case Measure.COMMISSION:
            return f"{value / 100:g}%"
        case Measure.DEPOSIT:
            return Money(value).short
        case Measure.CART:
            return _("valid") if value else _("none")
    return f"{value:,}"


def _asked(measure: Measure, least: int) -> str:
    return in_words(measure, least) if measure == Measure.CART else f"≥ {in_words(measure, least)}"
