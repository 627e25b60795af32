"""Natural persons: who gives a real name, and from what age on they may work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
)
from portal.parties.fields import GuardianFields, RealNameFields
from portal.parties.models import Party, RealName
from portal.parties.rules.parties import can_edit_party, covers_region, is_member
from portal.parties.states import PartyKind

ADULT, YOUNGEST = 18, 16  # years: from 16 on with a guardian's consent, from 18 on alone


def needs_real_name(party: Party) -> bool:
    """A creator without a business licence is a person."""
    return party.kind == PartyKind.CREATOR and not party.uscc


def real_name_of(party: Party) -> RealName | None:
    return RealName.objects.filter(party=party).select_related("guardian").first()


def is_minor(real_name: RealName | None) -> bool:
    return real_name is not None and age_of(real_name.born_on, clock.today()) < ADULT


def age_of(born_on: date, today: date) -> int:
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (0 if had_birthday else 1)


def can_give_real_name(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_edit_party(actor, party)):
        return verdict
    if not needs_real_name(party):
        return conflict(_("Only a creator without a business licence gives a real name."))
    real_name = real_name_of(party)
    if real_name is not None and real_name.verified_at is not None:
        return conflict(_("The real name was verified; ask an operator."))
    return ALLOWED


def can_check_real_name(actor: Actor, real_name: RealName) -> Verdict:
    """One that was given after the party was verified; before, it is checked with the rest."""
    party = real_name.party
    if not actor.has_perm("parties.review_party"):
        return forbidden(_("Only reviewers check real names."))
    if actor.user is not None and not covers_region(actor, party):
        return forbidden(_("This party is outside your regions."))
    if actor.user is not None and is_member(actor.user, party):
        return forbidden(_("Nobody decides about a party of their own."))
    if real_name.verified_at is not None:
        return conflict(_("This real name was verified already."))
    if not party.is_trusted:
        return conflict(_("It is checked with the application of the party."))
    return ALLOWED


def real_name_is_sound(fields: RealNameFields) -> Verdict:
    return flawless(flaws_of_real_name(fields))


def flaws_of_real_name(fields: RealNameFields) -> Iterator[Flaw]:
    """`guardian` may be given by an adult, too; it is not kept then."""
    yield from flaws_of_lines(fields, "name")
    if not fields.consents:
        yield Flaw("consents", _("Without this consent we may not keep the number."))
    if not ric.is_valid(fields.number):
        sentence = _("Enter the 18 characters of the resident ID; its check digit or date is off.")
        yield Flaw("number", sentence)
        return
    born_on = ric.get_birth_date(fields.number)
    if born_on > clock.today():
        yield Flaw("number", _("This resident ID is of somebody not born yet."))
        return
    age = age_of(born_on, clock.today())
    if age < YOUNGEST:
        yield Flaw("number", _("Creators must be at least 16 years old."))
    elif age < ADULT:
        yield from _flaws_of_guardian(fields.guardian)


def _flaws_of_guardian(guardian: GuardianFields | None) -> Iterator[Flaw]:
    if guardian is None or not guardian.name.strip():
        yield Flaw("guardian_name", _("At 16 and 17 a guardian must be named."))
    elif len(guardian.name.splitlines()) > 1:
        yield Flaw("guardian_name", _("Keep it to one line."))
    if guardian is None or not guardian.phone.strip():
        yield Flaw("guardian_phone", _("At 16 and 17 we call the guardian; give their phone."))
    if guardian is None or not guardian.agrees:
        yield Flaw("guardian_agrees", _("At 16 and 17 the guardian must agree."))
