"""The way of a sign-up in steps: what is behind it, where it stands, what happens next and until
when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.fairs.models import SignUp
from matchmaking.fairs.states import HELD, FairStatus
from portal.core import clock
from portal.seats.models import Occasion
from portal.seats.selectors import Standing
from portal.seats.states import HOLDS, TAKES, Admission, ClaimStatus

DONE, CURRENT = "done", "current"
PLANNED = frozenset({FairStatus.SCHEDULED, FairStatus.LIVE}) | HELD
LOOKED_AT = frozenset({ClaimStatus.SUBMITTED, ClaimStatus.ASKED})


@dataclass(frozen=True, slots=True)
class WayStep:
    """For `components/steps.html`; `note`: when, or until when."""

    label: str
    state: str
    note: str = ""


def way_of(sign_up: SignUp, standing: Standing | None) -> list[WayStep]:
    """Empty for one that has ended."""
    claim = sign_up.claim
    if not claim.is_open:
        return []
    return [
        WayStep(_("Sign-up sent"), DONE, _day(claim.submitted_at)),
        *_to_the_seat(sign_up, standing),
        WayStep(
            _("Check-in"),
            DONE if claim.status == ClaimStatus.PRESENT else "",
            _day(sign_up.fair.starts_at),
        ),
    ]


def _to_the_seat(sign_up: SignUp, standing: Standing | None) -> list[WayStep]:
    claim, occasion = sign_up.claim, sign_up.fair.occasion
    before = _passed(sign_up)
    if claim.status in LOOKED_AT:
        return [
            WayStep(_("Being looked at"), CURRENT),
            WayStep(_("Seat"), "", _("or a place in line")),
        ]
    if standing is not None:
        return [
            *before,
            WayStep(_("In line"), CURRENT, _("No. %(n)s in line") % {"n": standing.position}),
            WayStep(_("Offer"), "", hours_in_words(occasion.offer_minutes)),
        ]
    if claim.status in HOLDS and claim.due_at is not None:
        until = _("until %(at)s") % {"at": _moment(claim.due_at)}
        return [*before, WayStep(_("Seat kept for you"), CURRENT, until)]
    if claim.status in TAKES:
        return [*before, *_with_a_seat(sign_up)]
    return before


def _passed(sign_up: SignUp) -> list[WayStep]:
    if sign_up.fair.occasion.admission == Admission.CURATED:
        return [WayStep(_("Looked at"), DONE)]
    if sign_up.code is not None and sign_up.code.waives:
        return [WayStep(_("Invited"), DONE, _("past the thresholds"))]
    return [WayStep(_("Thresholds"), DONE, _("met at once"))] if sign_up.checks else []


def _with_a_seat(sign_up: SignUp) -> list[WayStep]:
    """Who says whom they want to meet, until the meetings are planned."""
    claim, now = sign_up.claim, clock.now()
    seated = WayStep(_("Seat confirmed"), DONE, _day(claim.seated_at))
    is_planned = sign_up.fair.status in PLANNED or now >= sign_up.fair.starts_at
    wishes = WayStep(_("Whom you want to meet"), DONE if is_planned else CURRENT)
    planned = WayStep(_("Plan of meetings"), DONE if is_planned else "")
    return [seated, wishes, planned]


def offers_last(occasion: Occasion) -> dict[str, str]:
    """How long an offer is kept, and how long on the last day, in words."""
    return {
        "offer_lasts": hours_in_words(occasion.offer_minutes),
        "hurry_lasts": hours_in_words(occasion.hurry_minutes),
    }


def hours_in_words(minutes: int) -> str:
    """24 hours, or 30 minutes."""
    if minutes % 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}


def _day(at: datetime | None) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%m-%d}" if at else ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.SHANGHAI):%m-%d %H:%M}"
