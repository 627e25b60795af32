"""How a cooperation changes: one door for its state, one for telling the other side."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from matchmaking.cooperation import states
from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.states import CooperationStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import Party
from portal.parties.services import tell_party


def lock_cooperation(cooperation: Cooperation | int) -> Cooperation:
    pk = cooperation if isinstance(cooperation, int) else cooperation.pk
    rows = Cooperation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("merchant__city", "provider__city", "payment").get(pk=pk)


def change_status(
    actor: Actor, cooperation: Cooperation, status: CooperationStatus, *, verb: str, why: str = ""
) -> None:
    if status not in states.TRANSITIONS[cooperation.status]:
        raise Refused(conflict(_("This is not possible in the cooperation's present state.")))
    before, cooperation.status = cooperation.status, status
    now = clock.now()
    if status == CooperationStatus.ACTIVE and cooperation.began_at is None:
        cooperation.began_at = now
    if status in states.OVER and cooperation.ended_at is None:
        cooperation.ended_at = now
    cooperation.save(update_fields=["status", "began_at", "ended_at"])
    record(actor, verb, cooperation, before={"status": before}, after={"status": status}, why=why)


def record(
    actor: Actor,
    verb: str,
    cooperation: Cooperation,
    *,
    shown: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    """One line of the history that both sides read; `shown` says of what, as an obligation's
    title. The trail is append-only."""
    facts = dict(after or {}) | ({"shown": shown} if shown else {})
    audit.record(actor, verb, cooperation, before=before, after=facts, why=why)


def tell_other(
    actor: Actor,
    cooperation: Cooperation,
    event: str,
    sentence: str,
    *,
    once: str = "",
    **params: Any,
) -> None:
    """The side that did not act; both, where the clock did."""
    for side in (cooperation.merchant, cooperation.provider):
        if not actor.speaks_for(side.pk):
            tell_side(cooperation, side, event, sentence, once=once, **params)


def tell_side(
    cooperation: Cooperation,
    side: Party,
    event: str,
    sentence: str,
    *,
    once: str = "",
    **params: Any,
) -> None:
    other = cooperation.other_side(side.pk)
    moment = once or clock.now().isoformat()
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in params.items()}
    tell_party(
        side,
        event=f"cooperation.{event}",
        key=f"cooperation-{event}:{cooperation.pk}:{side.pk}:{moment}"[:120],
        sentence=sentence,
        params={"title": cooperation.title, "other": other.name, **plain},
        url=cooperation.get_absolute_url(),
    )


def source(label: Any) -> str:
    """The English source of a choice, so that each reader sees it in their own language."""
    with translation.override("en"):
        return str(label)
