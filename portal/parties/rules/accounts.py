"""Who may claim, prove and give up an account or shop elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import SYSTEM, Actor
from portal.core.verdict import (
    ALLOWED,
    Flaw,
    Verdict,
    conflict,
    flawless,
    flaws_of_lines,
    forbidden,
    unmet,
)
from portal.parties import states
from portal.parties.fields import OwnedFields
from portal.parties.models import AccountTerm, OwnedAccount, Party
from portal.parties.rules.parties import can_manage_party, may_review
from portal.parties.states import OwnedStatus, PartyStatus, Platform

HANDLE = re.compile(r"[a-z0-9._-]{3,60}")
MOST_CLAIMS = 20  # of a party, with an end still to come
RENEW_WITHIN = timedelta(days=30)  # before a proof runs out


def terms_of_accounts() -> AccountTerm:
    """How long codes, proofs and holds last today."""
    return AccountTerm.objects.filter(starts_on__lte=clock.today()).latest("starts_on")


def can_claim_account(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_manage_party(actor, party)):
        return verdict
    if party.status in {PartyStatus.REFUSED, PartyStatus.SUSPENDED, PartyStatus.CLOSED}:
        return conflict(_("This party is refused, suspended or closed."))
    if OwnedAccount.objects.claimed().filter(party=party).count() >= MOST_CLAIMS:
        return unmet(_("A party names at most %(n)s accounts and shops.") % {"n": MOST_CLAIMS})
    return ALLOWED


def may_claim_again(party: Party, platform: str, handle: str) -> Verdict:
    """Once at a time; a proof is renewed in its last month."""
    same = OwnedAccount.objects.claimed().filter(party=party, platform=platform, handle=handle)
    later = clock.now() + RENEW_WITHIN
    if same.exclude(status=OwnedStatus.PROVEN, lasts_until__lt=later).exists():
        return conflict(_("The party has named this account already."))
    return ALLOWED


def can_place_proof(actor: Actor, account: OwnedAccount) -> Verdict:
    if not (verdict := can_manage_party(actor, account.party)):
        return verdict
    if account.status != OwnedStatus.CLAIMED:
        return conflict(_("This claim is being checked or was answered already."))
    if account.lasts_until <= clock.now():
        return conflict(_("The code has run out; name the account again."))
    return ALLOWED


def can_prove_by_sign_in(actor: Actor, account: OwnedAccount) -> Verdict:
    if not (verdict := can_place_proof(actor, account)):
        return verdict
    if account.platform not in settings.ACCOUNT_PROOF_APPS:
        return conflict(_("This platform cannot be signed in to from here. Place the code."))
    return ALLOWED


def is_the_account(account: OwnedAccount, number: str) -> Verdict:
    """Whether the account somebody signed in to there is the one the party named."""
    if plain_handle(number) == account.handle:
        return ALLOWED
    sentence = _("You signed in there as %(number)s. Sign in to %(handle)s, or name that account.")
    return conflict(sentence % {"number": number[:60], "handle": account.handle})


def can_release_account(actor: Actor, account: OwnedAccount) -> Verdict:
    if not (verdict := can_manage_party(actor, account.party)):
        return verdict
    if account.status not in states.CLAIMING:
        return conflict(_("This account is not claimed any more."))
    return ALLOWED


def can_check_account(actor: Actor, account: OwnedAccount) -> Verdict:
    if not (verdict := may_review(actor, account.party)):
        return verdict
    if account.status != OwnedStatus.PLACED:
        return conflict(_("This claim is not waiting for an answer."))
    return ALLOWED


def can_read_screenshot(actor: Actor, account: OwnedAccount) -> Verdict:
    """Those who sign for the party, and the reviewers of its region."""
    if actor.role == SYSTEM or (
        actor.speaks_for(account.party_id) and actor.role in states.MANAGING
    ):
        return ALLOWED
    if actor.speaks_for(account.party_id):
        return forbidden(_("Only the owner or a manager of the party may do this."))
    return may_review(actor, account.party)


def owned_is_sound(fields: OwnedFields) -> Verdict:
    return flawless(flaws_of_owned(fields))


def flaws_of_owned(fields: OwnedFields) -> Iterator[Flaw]:
    yield from flaws_of_lines(fields, "name")
    if fields.platform not in Platform.values:
        yield Flaw("platform", _("Choose one from the list."))
    if not fields.name.strip():
        yield Flaw("name", _("Enter the name that is shown there."))
    if not HANDLE.fullmatch(plain_handle(fields.handle)):
        sentence = _("Enter the number there: 3 to 60 letters, digits, dots, dashes.")
        yield Flaw("handle", sentence)


def plain_handle(handle: str) -> str:
    """The platform does not tell capitals from small letters, so neither do we."""
    return handle.strip().lower()
