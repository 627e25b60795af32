"""States and terms as every page writes them: the tag of a state, the way of a registration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model
from django.utils.translation import gettext as _

from portal.core.templatetags.ui import MISSING
from portal.parties.models import Party
from portal.parties.rules import Item
from portal.parties.states import DocumentStatus, PartyKind, PartyStatus
from portal.rewards import tones as rewards
from portal.settlement import states as settlement
from portal.tiers import tones

register = template.Library()

# Colour follows what a state asks of its reader; a state that asks nothing is grey.
TONES: dict[str, dict[str, str]] = {
    "fair": {
        "recruiting": "info",
        "curating": "warn",
        "scheduled": "info",
        "live": "ok",
        "cancelled": "bad",
    },
    "signup": {
        "submitted": "info",
        "waiting": "warn",
        "held": "warn",
        "offered": "warn",
        "confirmed": "ok",
        "present": "ok",
        "absent": "bad",
        "rejected": "bad",
        "expired": "bad",
        "cancelled": "bad",
    },
    "party": {
        "submitted": "info",
        "need_info": "warn",
        "refused": "bad",
        "verified": "ok",
        "listed": "ok",
        "suspended": "bad",
    },
    "need": {"open": "info", "matched": "info", "awarded": "ok"},
    "serviceoffer": {"shown": "ok"},
    "product": {"listed": "ok", "paused": "warn"},
    "productpicture": {"waiting": "info", "shown": "ok", "refused": "bad"},
    "depositmove": {"proposed": "info", "approved": "ok", "refused": "bad"},
    "proposal": {
        "invited": "info",
        "submitted": "info",
        "shortlisted": "warn",
        "accepted": "ok",
    },
    "talk": {"proposed": "info", "agreed": "ok"},
    "agreementversion": {"open": "info", "sealing": "warn", "accepted": "ok", "declined": "bad"},
    "difference": {"open": "warn", "resolved": "ok"},
    "bill": {"open": "info", "proved": "warn", "paid": "ok"},
    "batch": {
        "prepared": "warn",
        "approving": "info",
        "approved": "warn",
        "sent": "info",
        "done": "ok",
    },
    "item": {
        "planned": "info",
        "paying": "info",
        "paid": "ok",
        "partial": "warn",
        "rejected": "bad",
        "short": "warn",
    },
    "dispute": {"open": "warn", "answered": "warn", "appealed": "warn", "decided": "info"},
    "contentorder": {
        "asked": "info",
        "quoted": "warn",
        "accepted": "ok",
        "produced": "warn",
        "revising": "warn",
        "approved": "info",
        "paid": "info",
        "closed": "ok",
        "cancelled": "bad",
    },
    "sample": {
        "requested": "info",
        "approved": "info",
        "shipped": "info",
        "received": "ok",
        "due": "warn",
        "posted": "ok",
        "overdue": "bad",
        "lost": "bad",
    },
    "cooperation": {
        "proposed": "info",
        "countered": "warn",
        "accepted": "info",
        "active": "ok",
        "paused": "warn",
        "terminated": "bad",
        "settled": "ok",
    },
    "obligation": {"asked": "info", "open": "", "done": "warn", "confirmed": "ok"},
    "rosterentry": {"invited": "info", "active": "ok", "leaving": "warn"},
    "departure": {"asked": "warn", "contested": "bad", "agreed": "ok", "decided": "ok"},
    "ticket": {"open": "info", "reopened": "info", "answered": "ok", "waiting": "warn"},
    "document": {
        "missing": "",
        "uploaded": "info",
        "accepted": "ok",
        "returned": "bad",
        "expired": "bad",
    },
    # Of a party from public data, and of a task.
    "claim": {"waiting": "info", "asked": "warn", "accepted": "ok", "refused": "bad"}
    | rewards.CLAIM,
    "task": rewards.TASK,
    "coupon": rewards.COUPON,
    "claimappeal": rewards.APPEAL,
    "budgetchange": rewards.BUDGET,
    "course": {"published": "ok"},
    "session": {"open": "info", "running": "ok", "cancelled": "bad"},
    "enrolment": {
        "waiting": "warn",
        "offered": "warn",
        "confirmed": "ok",
        "present": "ok",
        "absent": "bad",
        "expired": "bad",
        "cancelled": "bad",
    },
    "booking": {"booked": "info", "done": "ok", "missed": "bad"},
    "round": {"published": "info", "cancelled": "bad"},
    "application": {
        "submitted": "info",
        "talking": "warn",
        "accepted": "ok",
        "refused": "bad",
    },
    "shopopening": {"said": "info", "verified": "ok", "refused": "bad"},
    "starreview": tones.QUARTER,
    "framework": tones.FRAMEWORK,
    "frameworkdecision": {"open": "warn", "done": "ok"},
    "starapplication": {"submitted": "info", "granted": "ok", "refused": "bad"},
    "certificationapplication": tones.CERTIFICATION,
    "certificationappeal": {"filed": "info", "granted": "ok", "upheld": "bad"},
    "starappeal": {"filed": "info", "granted": "ok", "upheld": "bad"},
    "ownedaccount": {"claimed": "warn", "placed": "info", "proven": "ok", "refused": "bad"},
    "partyappeal": {"filed": "info", "reversed": "ok", "upheld": "bad"},
    "case": {
        "reported": "info",
        "notified": "warn",
        "heard": "info",
        "confirmed": "warn",
        "appealed": "info",
        "final": "bad",
    },
    "correctiveaction": {
        "open": "warn",
        "overdue": "bad",
        "handed_in": "info",
        "done": "ok",
        "not_done": "bad",
    },
    "webhook": {"live": "ok", "failing": "warn", "paused": "bad"},
    "webhookdelivery": {"pending": "info", "delivered": "ok", "failed": "bad"},
    "introduction": {
        "asked": "info",
        "taken": "info",
        "offered": "warn",
        "agreed": "ok",
        "signed": "ok",
        "succeeded": "ok",
        "failed": "bad",
        "refused": "bad",
    },
    "partypicture": {"waiting": "info", "shown": "ok", "refused": "bad"},
    "clientcase": {"checking": "info", "verified": "ok", "refused": "bad"},
    "appeal": {"filed": "info", "examined": "warn", "decided": "ok"},
    "plan": {"proposed": "warn", "agreed": "ok"},
    "run": settlement.RUN_TONES,
    "statement": settlement.TONES,
    "linedispute": settlement.DISPUTE_TONES,
    "adjustment": settlement.ADJUSTMENT_TONES,
    "payoutrequest": {"waiting": "warn", "taken": "info", "on_way": "ok"},
    "job": {"running": "info", "done": "ok", "failed": "bad"},
    "importrun": {
        "checking": "info",
        "refused": "bad",
        "checked": "warn",
        "applying": "info",
        "done": "ok",
    },
}
WAY = (PartyStatus.DRAFT, PartyStatus.SUBMITTED, PartyStatus.VERIFIED, PartyStatus.LISTED)
STANDS_AT = {
    PartyStatus.NEED_INFO: 1,
    PartyStatus.REFUSED: 1,
    PartyStatus.HIDDEN: 3,
    PartyStatus.SUSPENDED: 3,
}


@register.inclusion_tag("components/tag.html")
def state(row: Model) -> dict[str, str]:
    """The tag of a row's state: `{% state need %}`."""
    return {"label": _label(row), "tone": tone(row)}


@register.inclusion_tag("components/tag.html")
def document_state(item: Item) -> dict[str, str]:
    """The tag of what is asked for: `{% document_state item %}`."""
    missing = _("Missing") if item.is_required and not item.is_met else _("Not handed in")
    label = missing if item.state == "missing" else DocumentStatus(item.state).label
    lacks = item.state == "missing" and item.is_required and not item.is_met
    return {"label": str(label), "tone": "warn" if lacks else TONES["document"][item.state]}


@register.filter
def tone(row: Model) -> str:
    """The tone of a row's state, for `components/page_title.html`."""
    return TONES[row._meta.model_name or ""].get(_code(row), "")


@register.filter
def registration_steps(party: Party) -> list[dict[str, Any]]:
    """Where a party stands between draft and listed, for `components/steps.html`."""
    status = PartyStatus(party.status)
    if status == PartyStatus.CLOSED:
        return []
    way = WAY[:-1] if party.kind == PartyKind.MERCHANT else WAY
    place = min(STANDS_AT.get(status, WAY.index(status) if status in WAY else 0), len(way) - 1)
    steps = [
        {"label": step.label, "state": "done" if i < place else ""} for i, step in enumerate(way)
    ]
    is_there = status == PartyStatus.LISTED
    steps[place] = {"label": status_name(party), "state": "done" if is_there else "current"}
    return steps


@register.filter
def status_name(party: Party) -> str:
    """A party's state in words. To a merchant being listed means no more than being verified."""
    is_merchant = party.kind == PartyKind.MERCHANT
    is_plain = is_merchant and party.status == PartyStatus.LISTED
    return str(PartyStatus.VERIFIED.label if is_plain else party.get_status_display())


@register.filter
def percent(basis_points: int | None) -> str:
    """250 basis points are 2.5%."""
    if basis_points is None:
        return MISSING
    return f"{(Decimal(basis_points) / 100).normalize():f}%"


def _code(row: Any) -> str:
    return str(row.state if hasattr(row, "state") else row.status)


def _label(row: Any) -> str:
    if isinstance(row, Party):
        return status_name(row)
    has_state = hasattr(row, "state")
    return str(row.get_state_display() if has_state else row.get_status_display())
