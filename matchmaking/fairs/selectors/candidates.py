"""Whom one may meet at a fair: what both wish, and how well goods suit who may show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from matchmaking.fairs.models import SignUp, Wish
from matchmaking.fairs.selectors.fairs import products_shown
from matchmaking.fairs.selectors.suits import SHOWING, Suit, Suits
from matchmaking.fairs.states import Mark
from matchmaking.matching import Asked, offers_to
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the other side: what one wishes, and whether they wish it, too. `suit`: by the
    product that suits best, of a provider by the brand's own need; None where nothing is known."""

    sign_up: SignUp
    mark: str
    wants_you: bool
    suit: Suit | Asked | None = None


def candidates_of(sign_up: SignUp) -> list[Candidate]:
    """Everybody with a seat on the other side; those who want the meeting first, then who suits
    best."""
    others = SignUp.objects.seated().filter(fair=sign_up.fair_id).whole()
    if sign_up.party.kind == PartyKind.MERCHANT:
        others = others.exclude(party__kind=PartyKind.MERCHANT)
    else:
        others = others.filter(party__kind=PartyKind.MERCHANT)
    mine = dict(Wish.objects.filter(sign_up=sign_up).values_list("other", "mark"))
    theirs = Wish.objects.filter(other=sign_up).exclude(mark=Mark.NO)
    wanted = set(theirs.values_list("sign_up", flat=True))
    rows = list(others)
    suits = _suits(sign_up, rows)
    found = [
        Candidate(row, mine.get(row.pk, ""), row.pk in wanted, suits.get(row.pk)) for row in rows
    ]
    return sorted(found, key=_who_first)


def _who_first(one: Candidate) -> tuple[bool, int, str]:
    return (not one.wants_you, -one.suit.points if one.suit else 0, one.sign_up.party.name)


def _suits(sign_up: SignUp, others: Sequence[SignUp]) -> dict[UUID, Suit | Asked]:
    """A brand's best product for each who may show it and its needs for each provider, or of each
    brand the best for oneself."""
    found: dict[UUID, Suit | Asked | None] = {}
    if sign_up.party.kind == PartyKind.MERCHANT:
        there = [row for row in others if row.party.kind in SHOWING]
        own = Suits(
            [row.party_id for row in there], sign_up.shown.select_related("product").order_by("pk")
        )
        found |= {row.pk: own.best(n) for n, row in enumerate(there)}
        providers = {row.party_id: row.pk for row in others if row.party.kind == PartyKind.PROVIDER}
        asked = offers_to(sign_up.party_id, list(providers))
        found |= {providers[key]: one for key, one in asked.items()}
    elif sign_up.party.kind in SHOWING:
        shown = list(products_shown(SignUp.objects.filter(pk__in=[row.pk for row in others])))
        suits, columns = Suits([sign_up.party_id], shown), defaultdict[UUID, list[int]](list)
        for n, one in enumerate(shown):
            columns[one.sign_up_id].append(n)
        found |= {key: suits.best(0, some) for key, some in columns.items()}
    return {key: suit for key, suit in found.items() if suit is not None}
