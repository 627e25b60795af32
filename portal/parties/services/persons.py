"""Natural persons: giving a real name, with a guardian at 16 and 17, and verifying it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict, unmet
from portal.parties import rules
from portal.parties.fields import GuardianFields, RealNameFields
from portal.parties.models import ID_NUMBER, Guardian, Party, RealName
from portal.parties.services.parties import lock_party
from portal.policies.services import give_consent_to
from portal.policies.states import DocumentKind


@transaction.atomic
def give_real_name(actor: Actor, *, party: Party, fields: RealNameFields) -> RealName:
    """Say who a creator is. The number is kept sealed, and the consent to that beside it."""
    party = lock_party(party)
    rules.can_give_real_name(actor, party).require()
    rules.real_name_is_sound(fields).require()
    number = ric.compact(fields.number)
    real_name, _made = RealName.objects.update_or_create(
        party=party,
        defaults={
            "party_kind": party.kind,
            "name": fields.name.strip(),
            "number_sealed": vault.seal(number),
            "number_print": vault.fingerprint(number, ID_NUMBER),
            "last4": number[-4:],
            "given_at": clock.now(),
        },
    )
    _keep_guardian(real_name, fields.guardian if rules.is_minor(real_name) else None)
    give_consent_to(actor, kind=DocumentKind.IDENTITY)
    audit.record(actor, "give_real_name", party, after={"is_minor": rules.is_minor(real_name)})
    return real_name


def verify_real_name(actor: Actor, party: Party, *, guardian_confirmed: bool) -> None:
    """Within a locked party, whose application is approved."""
    real_name = rules.real_name_of(party)
    if real_name is None:
        return
    number = vault.unseal(real_name.number_sealed)
    # While a rotation of keys is under way, the same number may stand under an older one.
    others = RealName.objects.filter(
        party_kind=party.kind,
        number_print__in=vault.fingerprints(number, ID_NUMBER),
        verified_at__isnull=False,
    )
    if others.exclude(party=party).exists():
        raise Refused(conflict(_("This person is registered already in this role.")))
    if rules.is_minor(real_name):
        _confirm_guardian(actor, real_name, guardian_confirmed)
    real_name.verified_at = clock.now()
    real_name.save(update_fields=["verified_at"])


def _confirm_guardian(actor: Actor, real_name: RealName, is_confirmed: bool) -> None:
    guardian = getattr(real_name, "guardian", None)
    if guardian is None or not is_confirmed:
        sentence = _("The applicant is a minor: speak to the guardian first, and confirm it.")
        raise Refused(unmet(sentence))
    guardian.confirmed_at, guardian.confirmed_by_id = clock.now(), actor.user_id
    guardian.save(update_fields=["confirmed_at", "confirmed_by"])


def _keep_guardian(real_name: RealName, fields: GuardianFields | None) -> None:
    Guardian.objects.filter(real_name=real_name).delete()
    if fields is not None:
        Guardian.objects.create(
            real_name=real_name,
            name=fields.name.strip(),
            phone_sealed=vault.seal(fields.phone.strip()),
            phone_last4=fields.phone.strip()[-4:],
            agreed_at=clock.now(),
        )
