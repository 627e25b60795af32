"""Who asks to be paid, and when there is something to ask for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.money import Money
from portal.core.verdict import ALLOWED, Verdict, conflict, unmet
from portal.ledger.rules import can_see_money_of
from portal.parties.models import Party
from portal.payouts.models import PayoutRequest
from portal.payouts.rules.readiness import terms_of_payouts
from portal.payouts.rules.standing import Due
from portal.payouts.states import Readiness, RequestStatus


def can_request_payout(actor: Actor, party: Party, due: Due | None) -> Verdict:
    """`due`: what could be paid to the party now, if anything."""
    if not (verdict := can_see_money_of(actor, party)):
        return verdict
    if PayoutRequest.objects.standing().filter(party=party).exists():
        return conflict(_("You have asked already; the next batch takes it."))
    if due is None:
        return unmet(_("Nothing is available. An approved statement makes money available."))
    if due.readiness == Readiness.BELOW:
        least = Money(terms_of_payouts().minimum_fen).short
        return unmet(_("Less than %(amount)s is not paid by itself; it waits.") % {"amount": least})
    if due.readiness != Readiness.READY:
        said = {"why": due.readiness.label}
        return unmet(_("You cannot be paid yet: %(why)s. See where you are paid.") % said)
    return ALLOWED


def can_withdraw_request(actor: Actor, request: PayoutRequest) -> Verdict:
    if not (verdict := can_see_money_of(actor, request.party)):
        return verdict
    if request.status == RequestStatus.TAKEN:
        return conflict(_("A batch has taken it; it cannot be taken back any more."))
    if request.status != RequestStatus.WAITING:
        return conflict(_("This request has ended."))
    return ALLOWED
