"""First steps: a place at a fair."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import SignUp
from portal.parties.onboarding import register_step
from portal.parties.states import PartyKind

for kind in (PartyKind.MERCHANT, PartyKind.AGENCY, PartyKind.CREATOR):
    register_step(
        kind,
        "fair",
        _("Sign up for a fair"),
        lambda actor: reverse("fair_list"),
        lambda actor: SignUp.objects.filter(party=actor.party),
    )
