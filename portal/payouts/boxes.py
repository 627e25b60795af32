"""What payouts put on a party's page of money: the last few, and what is to be done to be paid."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.money import Money
from portal.parties.models import Party
from portal.parties.rules import can_see_payout
from portal.payouts import rules, selectors
from portal.payouts.models import Item, TrialTransfer
from portal.payouts.states import Readiness, TrialStatus
from portal.settlement.boxes import Box, MoneyTodo, register_box, register_todos

SHOWN = 3
VERBS = {  # what the party itself can do about it
    Readiness.NO_ACCOUNT: _("Enter an account"),
    Readiness.UNPROVEN: _("See the steps"),
    Readiness.NO_CONSENT: _("Agree to the split"),
}


def payouts_box(actor: Actor) -> Box | None:
    rows = Item.objects.visible_to(actor).select_related("batch", "account").order_by("-pk")
    return Box(
        template="payouts/money_box.html",
        context={"payouts": list(rows[:SHOWN])},
        button=(_("Ask for a payout"), reverse("payout_list")),
    )


def payout_todos(actor: Actor) -> Iterator[MoneyTodo]:
    party = actor.party
    if party is None or not can_see_payout(actor, party):
        return
    yield from _trials(party)
    due = selectors.due_of(party)
    if due is None:
        return
    if rules.can_request_payout(actor, party, due):
        yield MoneyTodo(
            title=str(_("%(amount)s can be paid out")) % {"amount": Money(due.amount)},
            note=_("Ask for it: the next batch takes it."),
            url=reverse("payout_list"),
            verb=_("Ask for a payout"),
            icon="building-bank",
        )
    elif due.readiness in VERBS:
        yield MoneyTodo(
            title=str(_("The next batch cannot pay you yet")),
            note=due.readiness.label,
            url=reverse("payout_account"),
            verb=VERBS[due.readiness],
            icon="coin",
        )


def _trials(party: Party) -> Iterator[MoneyTodo]:
    rows = TrialTransfer.objects.filter(account__party=party, status=TrialStatus.SENT)
    for trial in rows.select_related("account"):
        yield MoneyTodo(
            title=str(_("Say how much the trial transfer was")),
            note=f"{trial.account.bank} ···· {trial.account.last4}",
            url=reverse("payout_account"),
            verb=_("Enter it"),
            icon="coin",
            due=trial.due_at.date(),
        )


register_box("payouts", payouts_box)
register_todos(payout_todos)
