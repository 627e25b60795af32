"""What makes a party one that can be paid, and who sees to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.verdict import ALLOWED, Flaw, Verdict, conflict, forbidden
from portal.parties.models import Party, PayoutAccount
from portal.parties.rules import can_see_payout, is_member
from portal.parties.states import PayoutStatus
from portal.payouts.models import Enrolment, PayoutTerm, TrialTransfer
from portal.payouts.states import TRIAL_FEN, TrialStatus

SUB_ACCOUNT = re.compile(r"[0-9A-Za-z-]{6,40}")
REFERENCE = re.compile(r"[0-9A-Za-z-]{4,60}")


def terms_of_payouts() -> PayoutTerm:
    """Those in force today."""
    begun = PayoutTerm.objects.filter(starts_on__lte=clock.today())
    found = begun.order_by("-starts_on").first()
    if found is None:
        raise LookupError("reference data is missing: manage.py load_reference")
    return found


def can_check_accounts(actor: Actor) -> Verdict:
    if actor.has_perm("payouts.check_account"):
        return ALLOWED
    return forbidden(_("Only those who prepare payments check where parties are paid."))


def can_consent_to_split(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_see_payout(actor, party)):
        return verdict
    if not party.is_trusted:
        return conflict(_("Where a party is paid is entered once it is verified."))
    if Enrolment.objects.filter(party=party).exists():
        return conflict(_("The party has agreed to the split already."))
    return ALLOWED


def can_open_sub_account(actor: Actor, enrolment: Enrolment) -> Verdict:
    if not (verdict := _may_check(actor, enrolment.party)):
        return verdict
    if enrolment.sub_account:
        return conflict(_("The party has its sub-account already."))
    return ALLOWED


def can_send_trial(actor: Actor, account: PayoutAccount) -> Verdict:
    """Also while the account is on hold: the hold ends with an account that is known to work."""
    if not (verdict := _may_check(actor, account.party)):
        return verdict
    if account.status != PayoutStatus.IN_USE:
        return conflict(_("The party is not paid to this account."))
    if TrialTransfer.objects.standing().filter(account=account).exists():
        return conflict(_("This account has its trial transfer already."))
    return ALLOWED


def can_confirm_trial(actor: Actor, trial: TrialTransfer) -> Verdict:
    if not (verdict := can_see_payout(actor, trial.account.party)):
        return verdict
    if trial.status != TrialStatus.SENT:
        return conflict(_("This trial transfer is answered already."))
    if trial.due_at <= clock.now():
        return conflict(_("The days for an answer are over; finance sends another one."))
    return ALLOWED


def _may_check(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_check_accounts(actor)):
        return verdict
    if is_member(actor.user, party):
        return forbidden(_("Nobody answers for a party of their own; somebody else must."))
    return ALLOWED


def flaws_of_sub_account(number: str) -> Iterator[Flaw]:
    if not SUB_ACCOUNT.fullmatch(number.strip()):
        yield Flaw("sub_account", _("6 to 40 letters, digits or dashes, as the institution says."))


def flaws_of_trial(amount_fen: int, reference: str) -> Iterator[Flaw]:
    least, most = TRIAL_FEN
    if not least <= amount_fen <= most:
        yield Flaw("amount_fen", _("From ¥0.01 to ¥0.99."))
    if not REFERENCE.fullmatch(reference.strip()):
        yield Flaw("reference", _("The bank's number of the transfer: 4 to 60 letters and digits."))
