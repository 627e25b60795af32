"""A cooperation as the place where something happened that is reported."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation.models import Cooperation
from portal.conduct.places import Place, register_place
from portal.core.actor import SYSTEM, Actor
from portal.core.web import whole_number


def find_cooperation(actor: Actor, key: str) -> Place | None:
    every = Cooperation.objects.all()
    mine = every if actor.role == SYSTEM else every.visible_to(actor)
    cooperation = mine.filter(pk=whole_number(key)).first()
    if cooperation is None:
        return None
    sides = frozenset({cooperation.merchant_id, cooperation.provider_id})
    return Place(cooperation.title, cooperation.get_absolute_url(), sides)


register_place("cooperation", _("Cooperation"), find_cooperation)
