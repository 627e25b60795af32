"""Real names of many natural persons: a piece of `register_parties`, which has asked the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from portal.core import audit, bulk, clock, vault
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import ALLOWED, Verdict, conflict, unmet
from portal.parties import rules
from portal.parties.fields import PartyFields, RealNameFields
from portal.parties.models import ID_NUMBER, Party, RealName, User
from portal.parties.states import PartyKind
from portal.policies.services import give_consents_of
from portal.policies.states import DocumentKind

Given = tuple[Party, User, RealNameFields | None, datetime]  # and when it was given
Named = tuple[Party, User, RealNameFields, datetime]


def name_is_sound(kind: PartyKind, fields: PartyFields, name: RealNameFields | None) -> Verdict:
    """What the single service asks; minors come one by one, for somebody speaks to a guardian."""
    if name is None:
        return ALLOWED
    if kind != PartyKind.CREATOR or fields.uscc:
        return conflict(_("Only a creator without a business licence gives a real name."))
    if not (verdict := rules.real_name_is_sound(name)):
        return verdict
    if rules.age_of(ric.get_birth_date(name.number), clock.today()) < rules.ADULT:
        return unmet(_("Minors are registered one by one."))
    return ALLOWED


def write_names(actor: Actor, given: Sequence[Given]) -> None:
    """Rows, consents and trail of those who gave one; verified where the party is."""
    named = [(party, owner, name, at) for party, owner, name, at in given if name is not None]
    if not named:
        return
    bulk.insert([_row(party, name, at) for party, _owner, name, at in named])
    owners = [owner.pk for _party, owner, _name, _at in named]
    give_consents_of(actor, kind=DocumentKind.IDENTITY, user_ids=owners)
    audit.record_many(list(_trail(actor, named)))


def _row(party: Party, name: RealNameFields, at: datetime) -> RealName:
    number = ric.compact(name.number)
    return RealName(
        party=party,
        party_kind=party.kind,
        name=name.name.strip(),
        number_sealed=vault.seal(number),
        number_print=vault.fingerprint(number, ID_NUMBER),
        last4=number[-4:],
        given_at=at,
        verified_at=party.verified_at,
    )


def _trail(actor: Actor, named: Sequence[Named]) -> Iterator[AuditEntry]:
    for party, _owner, _name, at in named:
        yield audit.entry(actor, "give_real_name", party, at=at, after={"is_minor": False})
