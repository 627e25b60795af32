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
from portal.parties.states import PartyKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the other side: what one wishes, and whether they wish it, too. `suit`: by the
    product that suits best; None where the engine knows nothing of either."""

    sign_up: SignUp
    mark: str
    wants_you: bool
    suit: Suit | None = None


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


def _suits(sign_up: SignUp, others: Sequence[SignUp]) -> dict[UUID, Suit]:
    """A brand's best product for each who may show it, or of each brand the best for oneself."""
    if sign_up.party.kind == PartyKind.MERCHANT:
        there = [row for row in others if row.party.kind in SHOWING]
        own = Suits(
            [row.party_id for row in there], sign_up.shown.select_related("product").order_by("pk")
        )
        best = {row.pk: own.best(n) for n, row in enumerate(there)}
    elif sign_up.party.kind in SHOWING:
        shown = list(products_shown(SignUp.objects.filter(pk__in=[row.pk for row in others])))
        suits, columns = Suits([sign_up.party_id], shown), defaultdict[UUID, list[int]](list)
        for n, one in enumerate(shown):
            columns[one.sign_up_id].append(n)
        best = {key: suits.best(0, some) for key, some in columns.items()}
    else:
        best = {}
    return {key: suit for key, suit in best.items() if suit is not None}
