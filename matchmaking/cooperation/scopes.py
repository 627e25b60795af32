"""The merchants a provider works for."""

from __future__ import annotations

from typing import Any

from matchmaking.cooperation.models import Cooperation
from portal.parties.models import Party
from portal.parties.scopes import register_scope_source


@register_scope_source
def merchants_of(party: Party) -> Any:
    return Cooperation.objects.filter(provider=party).values("merchant")
