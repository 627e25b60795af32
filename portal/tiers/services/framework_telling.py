"""What both sides of a framework are told, and the one line of its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.notices.services import notify
from portal.parties.services import tell_party
from portal.tiers.framework_states import FRAMEWORK_TRANSITIONS, FrameworkStatus
from portal.tiers.models import Framework


def change_status(
    actor: Actor, framework: Framework, status: FrameworkStatus, verb: str, *, why: str = ""
) -> None:
    """By the one table of transitions."""
    if status not in FRAMEWORK_TRANSITIONS[framework.status]:
        raise Refused(conflict(_("This is not possible in the framework's present state.")))
    before, framework.status = framework.status, status
    framework.save()
    audit.record(
        actor, verb, framework, before={"status": before}, after={"status": status}, why=why
    )


def record(actor: Actor, verb: str, framework: Framework, *, why: str = "", **after: Any) -> None:
    audit.record(actor, verb, framework, after=after, why=why)


def tell_other(
    actor: Actor, framework: Framework, event: str, sentence: str, *, once: str, **params: Any
) -> None:
    """The side that did not act; both, where the clock did."""
    if not actor.speaks_for(framework.party_id):
        tell_agency(framework, event, sentence, once=once, **params)
    if actor.user_id is None or actor.user_id != framework.keeper_id:
        tell_keeper(framework, event, sentence, once=once, **params)


def tell_agency(
    framework: Framework, event: str, sentence: str, *, once: str, **params: Any
) -> None:
    tell_party(framework.party, **_notice(framework, event, sentence, once, params))


def tell_keeper(
    framework: Framework, event: str, sentence: str, *, once: str, **params: Any
) -> None:
    if framework.keeper_id is not None:
        notice = _notice(framework, event, sentence, once, params)
        notify([framework.keeper_id], party_id=None, **notice)


def _notice(
    framework: Framework, event: str, sentence: str, once: str, params: dict[str, Any]
) -> dict[str, Any]:
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in params.items()}
    return {
        "event": f"framework.{event}",
        "key": f"framework-{event}:{framework.pk}:{once or clock.now().isoformat()}"[:120],
        "sentence": sentence,
        "params": {"agency": framework.party.name, "from": str(framework.months[0]), **plain},
        "url": framework.get_absolute_url(),
    }
