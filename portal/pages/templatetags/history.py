"""What happened, in words: audit verbs become sentences, people of the other side stay unnamed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verbs import PRIVATE, SETBACKS, TOLD, VERBS

register = template.Library()


@register.simple_tag
def verb(code: str) -> str:
    """An audit verb in words: `{% verb entry.verb %}`."""
    return str(VERBS.get(code, code.replace("_", " ")))


@register.inclusion_tag("components/timeline.html")
def history(entries: Iterable[AuditEntry], actor: Actor) -> dict[str, Any]:
    """A trail as the acting person may read it: `{% history trail actor %}`."""
    return {"items": [_item(e, actor) for e in entries if _may_read(e, actor)]}


def _may_read(entry: AuditEntry, actor: Actor) -> bool:
    return entry.verb not in PRIVATE or actor.speaks_for(entry.party_id)


def _item(entry: AuditEntry, actor: Actor) -> dict[str, Any]:
    return {
        "at": entry.at,
        "by": _who(entry, actor),
        "text": verb(entry.verb),
        "note": entry.why if entry.verb in TOLD else entry.after.get("shown", ""),
        "tone": "warn" if entry.verb in SETBACKS else "ok",
    }


def _who(entry: AuditEntry, actor: Actor) -> str:
    """One's own colleagues and oneself by name, everybody else by their side."""
    if entry.key_party_id is not None and entry.key_party_id != actor.party_id:
        return _("A key of another party")
    is_own = entry.user_id == actor.user_id or actor.speaks_for(entry.party_id)
    if entry.user is not None and is_own:
        return str(entry.user)
    return _("The platform") if entry.party_id is None else _("The other side")
