"""What papers hold of a party: one that binds keeps it from closing."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_obstacle
from portal.parties.models import Party
from portal.revenue.models import AgreementVersion


@register_obstacle
def has_no_running_agreement(party: Party) -> Verdict:
    own = AgreementVersion.objects.filter(Q(agreement__payer=party) | Q(agreement__payee=party))
    if (
        own.filter(in_force__endswith__gt=clock.today()).exists()
        or own.filter(in_force__upper_inf=True, in_force__isempty=False).exists()
    ):
        return conflict(_("An agreement is in force; agree on its end first."))
    return ALLOWED
