"""Seals: a stamped scan, or the electronic seal of a gateway; with the last one a paper holds."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.documents import read_codes
from portal.core.files import attach_file, open_bytes, store_file, take_file
from portal.core.models import StoredFile
from portal.revenue import esign, rules
from portal.revenue.files import SEAL
from portal.revenue.models import AgreementVersion, VersionSeal
from portal.revenue.selectors import unsealed_sides
from portal.revenue.services.agreements import (
    MOST,
    bring_into_force,
    lock_version,
    remind_side,
    tell_sides,
)
from portal.revenue.states import SEAL_REMINDERS, SealWay


@transaction.atomic
def seal_by_scan(
    actor: Actor, *, version: AgreementVersion, file: UploadedFile | uuid.UUID, code: str
) -> AgreementVersion:
    """The stamped paper with its last page; `code` is what is printed there beside the QR. The QR
    is read on the scan: another paper's is refused; that none could be read is told to both."""
    version = lock_version(version)
    rules.can_seal_version(actor, version).require()
    rules.code_is_of(version, code).require()
    kept = _kept(actor, file)
    with open_bytes(kept) as scan:
        found = read_codes(scan.read())
    rules.scan_is_of(version, found).require()
    is_read = any(version.sha256 in text for text in found)
    return _seal(actor, version, way=SealWay.SCAN, file=kept, is_read=is_read)


@transaction.atomic
def seal_by_gateway(actor: Actor, *, version: AgreementVersion) -> AgreementVersion:
    """The gateway seals the hash for this side, and answers with its number."""
    version = lock_version(version)
    rules.can_seal_version(actor, version).require()
    esign.can_use_gateway().require()
    party = version.agreement.party_of(version.agreement.side_of(actor.party_id))
    reference = esign.gateway().seal(version.sha256, party.legal_name)
    return _seal(actor, version, way=SealWay.ESIGN, reference=reference)


def remind_of_seals(actor: Actor) -> int:
    """Tell the sides that have not sealed yet, as the days run out; how many there are."""
    now = clock.now()
    soon = now + timedelta(days=max(SEAL_REMINDERS))
    rows = AgreementVersion.objects.sealing().filter(seal_due_at__gt=now, seal_due_at__lte=soon)
    rows = rows.select_related("agreement__payer", "agreement__payee").prefetch_related("seals")
    return sum(_remind(version, now) for version in rows.order_by("seal_due_at")[:MOST])


def _remind(version: AgreementVersion, now: datetime) -> int:
    assert version.seal_due_at is not None
    left = version.seal_due_at - now
    days = min(days for days in SEAL_REMINDERS if left <= timedelta(days=days))
    sides = unsealed_sides(version)
    for side in sides:
        remind_side(version, side, days)
    return len(sides)


def _seal(actor: Actor, version: AgreementVersion, **shown: Any) -> AgreementVersion:
    side = version.agreement.side_of(actor.party_id)
    VersionSeal.objects.create(
        version=version,
        side=side,
        at=clock.now(),
        person=actor.user,
        sha256=version.sha256,
        **shown,
    )
    after = {"version": version.number, "sha256": version.sha256, "side": side}
    audit.record(actor, "seal_version", version.agreement, after=after)
    asked = version.terms.seal.by if version.terms.seal else ()
    if set(asked) <= set(version.seals.values_list("side", flat=True)):
        start = rules.in_force_from(version)
        components = version.data["components"]
        rules.terms_keep_ceilings(version.agreement, components, start, version.ends_on).require()
        return bring_into_force(actor, version, start)
    tell_sides(actor, version, "sealed", gettext_noop("%(other)s sealed “%(subject)s”."))
    return version


def _kept(actor: Actor, file: UploadedFile | uuid.UUID) -> StoredFile:
    if isinstance(file, uuid.UUID):
        return take_file(actor, file_id=file, purpose=SEAL)
    stored = store_file(actor, upload=file, purpose=SEAL, party_id=actor.party_id)
    return attach_file(actor, file=stored)
