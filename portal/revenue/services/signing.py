"""Naming who signs for a party, and taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.notices.services import notify
from portal.parties.models import Party
from portal.parties.services import lock_party, tell_party
from portal.revenue import rules
from portal.revenue.fields import PowerFields
from portal.revenue.models import SigningPower

URL = "/agreements/signers/"


@transaction.atomic
def name_signer(actor: Actor, *, fields: PowerFields) -> SigningPower:
    """From now on only the owner and those who are named sign for the party."""
    rules.can_name_signers(actor).require()
    assert actor.party is not None  # the rule above
    party = lock_party(actor.party)
    rules.power_is_sound(party, fields).require()
    power = SigningPower.objects.create(
        party=party,
        person_id=fields.person_id,
        papers=sorted(set(fields.papers)),
        most_bp=fields.most_bp,
        most_fen=fields.most_fen,
        may_seal=fields.may_seal,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        letter=fields.letter.strip(),
        given_at=clock.now(),
        given_by=actor.user,
    )
    audit.record(actor, "name_signer", party, after=_said(power))
    sentence = gettext_noop("%(person)s may sign agreements for %(party)s.")
    _tell(party, power, "signer_named", sentence)
    return power


@transaction.atomic
def end_power(actor: Actor, *, power: SigningPower) -> SigningPower:
    """They sign no longer; what they signed stays signed."""
    party = lock_party(power.party)
    power = SigningPower.objects.select_for_update(of=("self",), no_key=True).get(pk=power.pk)
    rules.can_end_power(actor, power).require()
    power.ended_at = clock.now()
    power.save(update_fields=["ended_at"])
    audit.record(actor, "end_power", party, before=_said(power))
    sentence = gettext_noop("%(person)s no longer signs agreements for %(party)s.")
    _tell(party, power, "signer_ended", sentence)
    return power


def _said(power: SigningPower) -> dict[str, Any]:
    names = ("person_id", "papers", "most_bp", "most_fen", "may_seal", "starts_on", "ends_on")
    return {name: getattr(power, name) for name in names}


def _tell(party: Party, power: SigningPower, event: str, sentence: str) -> None:
    """Those who manage the party, and the person."""
    said: dict[str, Any] = {
        "event": f"agreement.{event}",
        "sentence": sentence,
        "params": {"person": str(power.person), "party": party.name},
        "url": URL,
    }
    tell_party(party, key=f"{event}:{power.pk}", **said)
    notify([power.person_id], party_id=party.pk, key=f"{event}:{power.pk}", **said)
