"""The one door through which an application for the mark changes its state, and its lock."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.services import lock_party, tell_party
from portal.tiers.certification_states import CERTIFICATION_TRANSITIONS, CertificationStatus
from portal.tiers.models import CertificationApplication, CertificationRound


def lock_round(round_: CertificationRound) -> CertificationRound:
    """First of all locks: places are given and taken back under it."""
    return (
        CertificationRound.objects.select_for_update(of=("self",), no_key=True)
        .select_related("method")
        .get(pk=round_.pk)
    )


def lock_certification(application: CertificationApplication) -> CertificationApplication:
    """Under its agency's lock, with the agency as it is now."""
    party = lock_party(application.party)
    rows = CertificationApplication.objects.select_for_update(of=("self",)).whole()
    locked = rows.get(pk=application.pk)
    locked.party = party
    return locked


def change_certification(
    actor: Actor,
    application: CertificationApplication,
    status: CertificationStatus,
    verb: str,
    *,
    why: str = "",
    after: dict[str, Any] | None = None,
) -> None:
    """By the one table of transitions."""
    if status not in CERTIFICATION_TRANSITIONS[application.status]:
        raise Refused(conflict(_("This is not possible in the application's present state.")))
    before, application.status = application.status, status
    application.saved_at = clock.now()
    application.save()
    said = {"status": status} | (after or {})
    audit.record(actor, verb, application, before={"status": before}, after=said, why=why)


def tell_agency(
    application: CertificationApplication, event: str, said: str, **params: Any
) -> None:
    """`event` once for each moment it happens."""
    moment = clock.now()
    tell_party(
        application.party,
        event=f"certification.{event}",
        key=f"certification-{event}:{application.pk}:{moment:%Y%m%d%H%M%S%f}",
        sentence=said,
        params={"year": application.round.year} | params,
        url=application.get_absolute_url(),
    )
