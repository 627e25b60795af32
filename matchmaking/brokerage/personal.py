"""What keeps a party open: an introduction that is not at its end."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.brokerage.models import Introduction
from matchmaking.brokerage.states import OPEN
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_obstacle
from portal.parties.models import Party


@register_obstacle
def has_no_open_introduction(party: Party) -> Verdict:
    open_ones = Introduction.objects.filter(status__in=OPEN)
    if open_ones.filter(Q(asker=party) | Q(creator=party)).exists():
        return conflict(_("An introduction is still open; withdraw it or wait for its end."))
    return ALLOWED
