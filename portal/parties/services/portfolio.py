"""A provider's team: who works there, and what they have proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.parties import rules
from portal.parties.fields import CertificateFields, StaffFields
from portal.parties.listing import refresh_facets
from portal.parties.models import Party, StaffCertificate, StaffMember
from portal.parties.services.parties import lock_party


@transaction.atomic
def add_staff(actor: Actor, *, party: Party, fields: StaffFields) -> StaffMember:
    party = lock_party(party)
    rules.can_add_staff(actor, party).require()
    rules.staff_is_sound(fields).require()
    member = StaffMember(party=party, joined_at=clock.now())
    _write(member, fields)
    audit.record(actor, "add_staff", party, after=_facts(member, fields))
    refresh_facets([party.pk])
    return member


@transaction.atomic
def change_staff(actor: Actor, *, member: StaffMember, fields: StaffFields) -> StaffMember:
    member = _lock(member)
    rules.can_change_staff(actor, member).require()
    rules.staff_is_sound(fields).require()
    before = {"role": member.role, "years": member.years}
    _write(member, fields)
    after = _facts(member, fields)
    audit.record(actor, "change_staff", member.party, before=before, after=after)
    return member


@transaction.atomic
def remove_staff(actor: Actor, *, member: StaffMember) -> StaffMember:
    """They left; the row stays without a name."""
    member = _lock(member)
    rules.can_change_staff(actor, member).require()
    member.left_at, member.name = clock.now(), "—"
    member.save(update_fields=["left_at", "name"])
    member.certificates.all().delete()
    audit.record(actor, "remove_staff", member.party, before={"member": str(member.pk)})
    refresh_facets([member.party_id])
    return member


def give_staff_certificates(
    actor: Actor, *, given: Sequence[tuple[StaffMember, CertificateFields]]
) -> int:
    """What this site issued to people of teams; who has left gets nothing. In the transaction of
    who issues them. How many were written."""
    rules.can_issue_to_staff(actor).require()
    rows = [
        StaffCertificate(member=member, is_issued=True, **asdict(fields))
        for member, fields in given
        if member.left_at is None
    ]
    bulk.insert(rows)
    return len(rows)


def take_staff_certificates(actor: Actor, *, numbers: Sequence[str]) -> int:
    """They stand on the team's list no more."""
    rules.can_issue_to_staff(actor).require()
    rows = StaffCertificate.objects.filter(is_issued=True, number__in=numbers)
    return rows.delete()[0]


def _lock(member: StaffMember) -> StaffMember:
    """The member under the party's lock."""
    party = lock_party(member.party)
    locked = StaffMember.objects.get(pk=member.pk)
    locked.party = party
    return locked


def _write(member: StaffMember, fields: StaffFields) -> None:
    member.name, member.role, member.years = fields.name.strip(), fields.role, fields.years
    member.save()
    member.certificates.filter(is_issued=False).delete()
    StaffCertificate.objects.bulk_create(
        StaffCertificate(
            member=member,
            title=certificate.title.strip(),
            issuer=certificate.issuer.strip(),
            number=certificate.number.strip(),
            expires_on=certificate.expires_on,
        )
        for certificate in fields.certificates
    )


def _facts(member: StaffMember, fields: StaffFields) -> dict[str, Any]:
    """What audit keeps: nobody's name."""
    return {
        "member": str(member.pk),
        "role": member.role,
        "years": member.years,
        "certificates": len(fields.certificates),
    }
