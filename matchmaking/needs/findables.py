"""Needs and packages, as the search shows them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matchmaking.needs.models import Need, ServiceOffer
from matchmaking.needs.states import TAKING_PROPOSALS
from portal.core.actor import Actor
from portal.core.templatetags.ui import day
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.matching import named_parties
from portal.search.said import Said


def _need(_actor: Actor, need: Need) -> Hit:
    """Without the merchant: its name is for those it invites or chooses."""
    note = str(need.get_status_display())
    if need.status in TAKING_PROPOSALS:
        note += " · " + _("until %(day)s") % {"day": day(need.closes_on)}
    return Hit(need.title, need.get_absolute_url(), note, need.number)


def _offer(_actor: Actor, offer: ServiceOffer) -> Hit:
    return Hit(offer.title, offer.get_absolute_url(), offer.provider.name)


def _offers_by_name(_actor: Actor, said: Said) -> Iterator[Keys]:
    makers = named_parties(said.text)
    yield ServiceOffer.objects.shown().filter(provider__in=makers).values("pk")


register_finder(
    Rows(
        kind="need",
        title=gettext_lazy("Service needs"),
        icon="clipboard-list",
        rank=20,
        model=Need,
        visible=lambda actor: Need.objects.visible_to(actor),
        hit=_need,
        names=lambda need: [need.title],
        letters="XQ",
        made="created_at",
    )
)
register_finder(
    Rows(
        kind="package",
        title=gettext_lazy("Packages"),
        icon="package",
        rank=25,
        model=ServiceOffer,
        visible=lambda actor: ServiceOffer.objects.visible_to(actor),
        hit=_offer,
        names=lambda offer: [offer.title],
        also=_offers_by_name,
        related=("provider",),
    )
)
