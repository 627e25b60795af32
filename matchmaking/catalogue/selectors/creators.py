"""What a creator needs to share goods on a day, what of it is there, and its deposit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from matchmaking.catalogue.models import CartPermission, DepositMove, Reputation
from matchmaking.catalogue.states import MoveKind, MoveStatus
from portal.activity.selectors import figures_of
from portal.core import clock
from portal.core.money import Money
from portal.ledger.selectors import held_by
from portal.ledger.states import Kind
from portal.parties.models import Party
from portal.parties.rules import real_name_of
from portal.policies.models import CartRule
from portal.policies.selectors import cart_rule_on
from portal.policies.sources import SourceUse, live_uses


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on the list. `is_met` None: not known; `advice` says what to do."""

    name: str
    label: str
    said: str
    is_met: bool | None
    advice: str | Promise = ""


@dataclass(frozen=True, slots=True)
class GateView:
    """A creator before the gate on a day."""

    day: date
    rule: CartRule | None
    steps: list[Step]
    permission: CartPermission | None
    balance_fen: int
    due_fen: int
    uses: list[SourceUse]

    @property
    def missing(self) -> list[str]:
        """For the permission: everything but the deposit."""
        return [one.label for one in self.steps if one.name != "deposit" and not one.is_met]

    @property
    def is_open(self) -> bool:
        """Whether it may share goods: the permission stands and the deposit is paid."""
        return self.permission is not None and self.due_fen <= 0


def gate_of(creator: Party, day: date | None = None) -> GateView:
    day = day or clock.today()
    rule = cart_rule_on(day)
    balance = deposit_of(creator.pk)
    asked = rule.deposit_fen if rule else 0
    standing = CartPermission.objects.filter(creator=creator, ended_at=None)
    return GateView(
        day=day,
        rule=rule,
        steps=_steps(creator, rule, balance) if rule else [],
        permission=standing.select_related("rule").first(),
        balance_fen=balance,
        due_fen=max(0, asked - balance),
        uses=live_uses(day),
    )


def deposit_of(creator_id: int) -> int:
    """What the books say is on the creator's deposit."""
    return held_by(creator_id, Kind.DEPOSIT) or 0


def moves_of(creator: Party) -> list[DepositMove]:
    rows = DepositMove.objects.filter(creator=creator).select_related("case__rule", "decided_by")
    return list(rows.order_by("-proposed_at", "-pk")[:50])


def penalties_of(creator: Party) -> int:
    found = DepositMove.objects.filter(
        creator=creator, kind=MoveKind.PENALTY, status=MoveStatus.APPROVED
    )
    return int(found.aggregate(total=Sum("amount_fen"))["total"] or 0)


def reputation_of_creator(creator: Party) -> Reputation | None:
    return Reputation.objects.filter(creator=creator).order_by("-day").first()


def _steps(creator: Party, rule: CartRule, balance: int) -> list[Step]:
    known = figures_of([creator.pk]).get(creator.pk, {})
    steps = []
    if rule.needs_real_name and creator.is_natural_person:
        steps.append(_real_name(creator))
    for name, least, label in (
        ("videos", rule.least_videos, _("Videos, at least %(n)s")),
        ("followers", rule.least_followers, _("Followers, at least %(n)s")),
    ):
        if least:
            figure = known.get(name)
            said = _("not known") if figure is None else f"{figure.value:,}"
            is_met = None if figure is None else figure.value >= least
            advice = _("Counted by the platform each day; go on publishing.")
            steps.append(Step(name, label % {"n": f"{least:,}"}, said, is_met, advice))
    if rule.deposit_fen:
        label = _("Deposit of %(asked)s") % {"asked": Money(rule.deposit_fen).short}
        advice = _("Transfer it and write the bank's number below; finance confirms it.")
        is_met = balance >= rule.deposit_fen
        steps.append(Step("deposit", label, Money(balance).short, is_met, advice))
    return steps


def _real_name(creator: Party) -> Step:
    name = real_name_of(creator)
    is_verified = name is not None and name.verified_at is not None
    unverified = _("not given") if name is None else _("given, not verified yet")
    said = _("verified") if is_verified else unverified
    advice = _("Give your name and ID number on the page of your documents.")
    return Step("real_name", _("Real name"), said, is_verified, advice)
