"""Claiming accounts and shops, and proving them: by a code in a profile, a screenshot, or by
signing in there."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.parties import rules
from portal.parties.fields import OwnedFields
from portal.parties.models import OwnedAccount, Party, ProofReminder
from portal.parties.services.openings import move_openings, told_by_platform
from portal.parties.services.owned import lock_account, proof_file
from portal.parties.services.parties import lock_party, tell_party
from portal.parties.services.reminders import REMINDERS, reminders_due
from portal.parties.states import OWNED_TRANSITIONS, OwnedStatus, Platform, ProofMethod

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another
TAKEN = {  # by constraint
    "owned_account_claimed_once": _("The party has named this account already."),
    "owned_account_is_of_one_party": _("This account is proven to be another party's."),
}


@transaction.atomic
def claim_account(actor: Actor, *, party: Party, fields: OwnedFields) -> OwnedAccount:
    """Say that an account is the party's, and get the code that its profile is to show."""
    party = lock_party(party)
    rules.can_claim_account(actor, party).require()
    rules.owned_is_sound(fields).require()
    handle = rules.plain_handle(fields.handle)
    rules.may_claim_again(party, fields.platform, handle).require()
    now = clock.now()
    account = OwnedAccount(
        party=party,
        platform=fields.platform,
        handle=handle,
        name=fields.name.strip(),
        code="TL-" + "".join(secrets.choice(LETTERS) for _n in range(8)),
        claimed_at=now,
        lasts_until=now + timedelta(days=rules.terms_of_accounts().code_days),
    )
    with _free():
        account.save()
    after = {"party": party.pk, "platform": account.platform, "handle": handle}
    audit.record(actor, "claim_account", account, after=after)
    return account


@transaction.atomic
def place_proof(
    actor: Actor, *, account: OwnedAccount, screenshot: UploadedFile | uuid.UUID | None = None
) -> OwnedAccount:
    """Say that the profile shows the code now, or hand in a picture of the back office: a file, or
    the id of one's own upload."""
    account = lock_account(account)
    rules.can_place_proof(actor, account).require()
    account.method, account.placed_at = ProofMethod.CODE, clock.now()
    if screenshot is not None:
        account.method = ProofMethod.SCREENSHOT
        account.screenshot = proof_file(actor, account=account, source=screenshot)
    _change_status(actor, account, OwnedStatus.PLACED, verb="place_proof")
    return account


@transaction.atomic
def prove_account(actor: Actor, *, account: OwnedAccount) -> OwnedAccount:
    """A reviewer has seen the code or the picture: the account is this party's alone, for as long
    as a proof lasts. The proof it renews gives way."""
    account = lock_account(account)
    rules.can_check_account(actor, account).require()
    account.decided_by_id = actor.user_id
    return _prove(actor, account, verb="prove_account")


@transaction.atomic
def prove_by_sign_in(
    actor: Actor, *, account: OwnedAccount, number: str, opened_on: date | None = None
) -> OwnedAccount:
    """The platform itself said who signed in to it: nobody has to look. `number`: of the account
    it named; `opened_on`: the day of opening, if it said that of a shop."""
    account = lock_account(account)
    rules.can_prove_by_sign_in(actor, account).require()
    rules.is_the_account(account, number).require()
    account.method, account.placed_at = ProofMethod.SIGN_IN, clock.now()
    _change_status(actor, account, OwnedStatus.PLACED, verb="place_proof")
    account = _prove(actor, account, verb="prove_by_sign_in")
    if opened_on is not None and account.platform == Platform.SHOP:
        told_by_platform(actor, account=account, opened_on=opened_on)
    return account


def _prove(actor: Actor, account: OwnedAccount, *, verb: str) -> OwnedAccount:
    before = OwnedAccount.objects.filter(
        party=account.party_id, platform=account.platform, handle=account.handle
    )
    for earlier in before.filter(status=OwnedStatus.PROVEN):
        _change_status(actor, earlier, OwnedStatus.EXPIRED, verb="renew_account")
    move_openings(actor, before, account)
    now = clock.now()
    account.decided_at = now
    account.lasts_until = now + timedelta(days=rules.terms_of_accounts().proof_days)
    with _free():
        _change_status(actor, account, OwnedStatus.PROVEN, verb=verb)
    _tell(account, gettext_noop("%(account)s is proven to be the account of %(party)s."))
    return account


@transaction.atomic
def refuse_account(actor: Actor, *, account: OwnedAccount, reason: str) -> OwnedAccount:
    account = lock_account(account)
    rules.can_check_account(actor, account).require()
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; the applicant reads this sentence."))]))
    account.decided_at, account.decided_by_id = clock.now(), actor.user_id
    account.reason = reason.strip()
    _change_status(actor, account, OwnedStatus.REFUSED, verb="refuse_account", why=account.reason)
    _tell(account, gettext_noop("%(account)s of %(party)s was not proven: %(reason)s"))
    return account


@transaction.atomic
def release_account(actor: Actor, *, account: OwnedAccount) -> OwnedAccount:
    """Give an account up: another party may prove it from now on."""
    account = lock_account(account)
    rules.can_release_account(actor, account).require()
    _change_status(actor, account, OwnedStatus.RELEASED, verb="release_account")
    return account


def expire_accounts(actor: Actor) -> int:
    """End codes that nobody placed and proofs that are over; how many. Safe to run twice."""
    past = OwnedAccount.objects.run_out().select_related("party").order_by("lasts_until")
    return sum(_expire(actor, account) for account in past[:1000])


@transaction.atomic
def _expire(actor: Actor, account: OwnedAccount) -> int:
    account = lock_account(account)
    if not OwnedAccount.objects.run_out().filter(pk=account.pk).exists():
        return 0
    was_proven = account.status == OwnedStatus.PROVEN
    _change_status(actor, account, OwnedStatus.EXPIRED, verb="expire_account")
    if was_proven:
        _tell(account, gettext_noop("The proof of %(account)s of %(party)s has run out."))
    return 1


def remind_of_proofs(actor: Actor) -> int:
    """Tell parties of proofs that run out in 30 days, in 7, and today; how many were told."""
    ending = OwnedAccount.objects.ending(timedelta(days=max(REMINDERS)))
    related = ending.select_related("party").prefetch_related("reminders")
    return sum(_remind(account) for account in related.order_by("lasts_until"))


@transaction.atomic
def _remind(account: OwnedAccount) -> int:
    last_day = clock.day_of(account.lasts_until)
    sent = {reminder.days for reminder in account.reminders.all()}
    new, is_told = reminders_due((last_day - clock.today()).days, sent)
    rows = [ProofReminder(account=account, days=days, sent_at=clock.now()) for days in new]
    ProofReminder.objects.bulk_create(rows, ignore_conflicts=True)
    if not is_told:
        return 0
    tell_party(
        account.party,
        event="owned_account.expiring",
        key=f"account-expiring:{account.pk}:{min(new)}",
        sentence=gettext_noop(
            "The proof of %(account)s of %(party)s lasts until %(day)s. Prove it again before."
        ),
        params=_named(account) | {"day": last_day.isoformat()},
        url=account.get_absolute_url(),
    )
    return 1


# --- pieces ---------------------------------------------------------------------------------------


@contextmanager
def _free() -> Iterator[None]:
    """The database decides between two at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = next((TAKEN[name] for name in TAKEN if name in str(error)), None)
        if sentence is None:
            raise
        raise Refused(conflict(sentence)) from error


def _change_status(
    actor: Actor, account: OwnedAccount, status: OwnedStatus, *, verb: str, why: str = ""
) -> None:
    if status not in OWNED_TRANSITIONS[account.status]:
        raise Refused(conflict(_("This is not possible in the account's present state.")))
    before, account.status = account.status, status
    account.save()
    audit.record(actor, verb, account, before={"status": before}, after={"status": status}, why=why)


def _tell(account: OwnedAccount, sentence: str) -> None:
    tell_party(
        account.party,
        event="owned_account.answered",
        key=f"account-{account.status}:{account.pk}",
        sentence=sentence,
        params=_named(account) | {"reason": account.reason[:200]},
        url=account.get_absolute_url(),
    )


def _named(account: OwnedAccount) -> dict[str, str]:
    return {"account": account.handle, "party": account.party.name}
