"""One's own cooperations, as the search shows them; to operators those of their regions."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import rules
from matchmaking.cooperation.models import Cooperation, CooperationQuerySet
from portal.core.actor import Actor
from portal.search.findables import Hit, Keys, Rows, register_finder
from portal.search.matching import with_named
from portal.search.said import Said


def _read_by(actor: Actor) -> CooperationQuerySet:
    if actor.party_id is None and actor.user is not None and _is_for(actor):
        return Cooperation.objects.in_scope_of(actor.user)
    return Cooperation.objects.visible_to(actor)


def _is_for(actor: Actor) -> bool:
    return actor.party is not None or bool(rules.can_register_cooperations(actor))


def _cooperation(actor: Actor, row: Cooperation) -> Hit:
    if actor.party_id is None:
        url = reverse("admin:cooperation_cooperation_change", args=[row.pk])
        return Hit(row.title, url, f"{row} · {row.get_status_display()}")
    other = row.provider if actor.speaks_for(row.merchant_id) else row.merchant
    note = f"{other.name} · {row.get_status_display()}"
    return Hit(row.title, row.get_absolute_url(), note)


def _with_other(actor: Actor, said: Said) -> Iterator[Keys]:
    if actor.party_id is None:
        return
    own = Cooperation.objects.filter(Q(merchant=actor.party_id) | Q(provider=actor.party_id))
    yield from with_named(own, actor, said.text, "merchant", "provider")


register_finder(
    Rows(
        kind="cooperation",
        title=_("Cooperations"),
        icon="heart-handshake",
        rank=60,
        model=Cooperation,
        visible=_read_by,
        hit=_cooperation,
        names=lambda row: [row.title],
        also=_with_other,
        related=("merchant", "provider"),
        is_for=_is_for,
    )
)
