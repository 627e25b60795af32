"""What keeps a party open: a cooperation that is not over."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import LIVE
from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_obstacle
from portal.parties.models import Party


@register_obstacle
def has_no_running_cooperation(party: Party) -> Verdict:
    running = Cooperation.objects.filter(status__in=LIVE)
    if running.filter(Q(merchant=party) | Q(provider=party)).exists():
        return conflict(_("A cooperation is still running; end it first."))
    return ALLOWED
