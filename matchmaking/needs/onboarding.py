"""First steps: asking for help, and answering who asks."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Need, Proposal, ServiceOffer
from matchmaking.needs.states import NeedStatus, ProposalStatus
from portal.parties.onboarding import register_step
from portal.parties.states import PartyKind

register_step(
    PartyKind.MERCHANT,
    "need",
    _("Publish a need; providers answer with proposals"),
    lambda actor: reverse("need_create"),
    lambda actor: Need.objects.filter(merchant=actor.party).exclude(status=NeedStatus.DRAFT),
)
register_step(
    PartyKind.PROVIDER,
    "package",
    _("Offer a package with its scope and price"),
    lambda actor: reverse("service_offer_list"),
    lambda actor: ServiceOffer.objects.filter(provider=actor.party),
)
register_step(
    PartyKind.PROVIDER,
    "proposal",
    _("Answer a need with a proposal"),
    lambda actor: reverse("need_list"),
    lambda actor: Proposal.objects.filter(provider=actor.party).exclude(
        status__in=[ProposalStatus.INVITED, ProposalStatus.APPLIED]
    ),
)
