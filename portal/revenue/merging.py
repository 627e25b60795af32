"""Papers of two parties that become one."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.merges import moves, register_clash, stays
from portal.parties.models import Party
from portal.revenue.models import (
    ROLES,
    Agreement,
    Bill,
    BillStep,
    ChannelTurnover,
    Feed,
    OrderLine,
    SigningPower,
    Turnover,
)

SUBJECT = ("role", "scope_kind", "scope_key")

moves(Agreement, "payer", "payee")
moves(Bill, "payer", "payee")
stays(BillStep, "party")
moves(Feed, "party")
stays(SigningPower, "party")  # its letter of authority names that company
stays(Turnover, "party")  # as the lines it counts
stays(ChannelTurnover, "merchant")
stays(OrderLine, *ROLES)  # as its journals, it was between those of that time


@register_clash
def has_no_agreement_twice(survivor: Party, absorbed: Party) -> Verdict:
    """One paper a subject; and nobody has one with themselves."""
    both = Q(payer=survivor, payee=absorbed) | Q(payer=absorbed, payee=survivor)
    if Agreement.objects.filter(both).exists():
        return conflict(_("The two have an agreement with each other."))
    for side, other in (("payer", "payee"), ("payee", "payer")):
        names = (other, *SUBJECT)
        ours = set(Agreement.objects.filter(**{side: survivor}).values_list(*names))
        if ours & set(Agreement.objects.filter(**{side: absorbed}).values_list(*names)):
            return conflict(_("Both have an agreement of the same subject with one party."))
    return ALLOWED
