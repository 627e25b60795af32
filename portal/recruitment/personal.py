"""What recruitment keeps open of a party. Applicants are firms: their words are no person's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.core.verdict import ALLOWED, Verdict, conflict
from portal.parties.holdings import register_obstacle
from portal.parties.models import Party
from portal.recruitment.models import Application


@register_obstacle
def has_applied_nowhere(party: Party) -> Verdict:
    if Application.objects.running().filter(party=party).exists():
        return conflict(_("An application to a round is running; withdraw it first."))
    return ALLOWED
