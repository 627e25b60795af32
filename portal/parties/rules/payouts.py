"""Who may say where a party is paid: one person enters it, another one confirms it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from stdnum import luhn

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
from portal.parties.fields import PayoutFields
from portal.parties.models import Membership, Party, PayoutAccount
from portal.parties.rules.parties import covers_region, is_member
from portal.parties.rules.persons import real_name_of
from portal.parties.states import PayoutStatus, Role

CARD_LENGTHS, ACCOUNT_LENGTHS, CODE_LENGTH = range(15, 20), range(8, 31), range(12, 13)


def can_see_payout(actor: Actor, party: Party) -> Verdict:
    """Bank data is for the owner and the finance people, in person."""
    if actor.role == SYSTEM:
        return ALLOWED
    if not actor.speaks_for(party.pk):
        return forbidden(_("You do not speak for this party."))
    if actor.key_id:
        return forbidden(_("A person does this, not a key."))
    if actor.role not in states.PAYING:
        return forbidden(_("Only the owner and the finance people see where the party is paid."))
    return ALLOWED


def can_enter_payout(actor: Actor, party: Party) -> Verdict:
    if not (verdict := can_see_payout(actor, party)):
        return verdict
    if not party.is_trusted:
        return conflict(_("Where a party is paid is entered once it is verified."))
    if PayoutAccount.objects.waiting().filter(party=party).exists():
        return conflict(_("An account is waiting for its second person; answer that one first."))
    return ALLOWED


def can_withdraw_payout(actor: Actor, account: PayoutAccount) -> Verdict:
    if not (verdict := can_see_payout(actor, account.party)):
        return verdict
    return _is_waiting(account)


def can_confirm_payout(actor: Actor, account: PayoutAccount) -> Verdict:
    """The second person: the owner and somebody of finance, one each. Where the party has nobody
    else, an operator who checks payments."""
    if actor.speaks_for(account.party_id):
        verdict = _may_be_second(actor, account)
    else:
        verdict = _may_stand_in(actor, account)
    return verdict and _is_waiting(account)


def _may_be_second(actor: Actor, account: PayoutAccount) -> Verdict:
    if not (verdict := can_see_payout(actor, account.party)):
        return verdict
    if actor.user_id == account.entered_by_id:
        return forbidden(_("Whoever entered an account does not confirm it; a second person does."))
    if Role.OWNER not in {actor.role, _role_now(account)}:
        return forbidden(_("Of the two one is the owner; finance people alone do not change it."))
    both = Membership.objects.settled().filter(
        party=account.party_id, user__in=[actor.user_id, account.entered_by_id]
    )
    if both.count() < 2:
        # Else whoever takes a session over invites the second person themselves.
        sentence = _("Both people must be 72 hours in their roles; until then an operator answers.")
        return forbidden(sentence)
    return ALLOWED


def _may_stand_in(actor: Actor, account: PayoutAccount) -> Verdict:
    if actor.user is None or not actor.has_perm("parties.confirm_payout"):
        return forbidden(_("Only those who check payments may answer this."))
    if not covers_region(actor, account.party):
        return forbidden(_("This party is outside your regions."))
    if is_member(actor.user, account.party):
        return forbidden(_("Nobody answers for a party of their own; somebody else must."))
    if has_second_person(account):
        return forbidden(_("The party has a second person, who confirms it."))
    return ALLOWED


def has_second_person(account: PayoutAccount) -> bool:
    """Whether somebody of the party may confirm what another one entered."""
    return not PayoutAccount.objects.standing_alone().filter(pk=account.pk).exists()


def _role_now(account: PayoutAccount) -> str:
    """Of who entered it; nothing once they left."""
    entered = Membership.objects.filter(party=account.party_id, user=account.entered_by_id)
    return entered.values_list("role", flat=True).first() or ""


def _is_waiting(account: PayoutAccount) -> Verdict:
    if account.status != PayoutStatus.ENTERED:
        return conflict(_("This account is not waiting for a second person."))
    return ALLOWED


def can_pay_party(party: Party) -> Verdict:
    """Whether something may be paid to the party now."""
    account = PayoutAccount.objects.in_use().filter(party=party).first()
    if account is None:
        return unmet(_("Nobody has said yet where the party is paid."))
    if account.is_held:
        return conflict(_("The account was changed; nothing is paid until the hold is over."))
    return ALLOWED


def payout_is_sound(party: Party, fields: PayoutFields) -> Verdict:
    return flawless(flaws_of_payout(party, fields))


def flaws_of_payout(party: Party, fields: PayoutFields) -> Iterator[Flaw]:
    """A person is paid to a card, whose last digit checks the others; a firm to its account."""
    yield from flaws_of_lines(fields, "bank", "branch", "holder")
    if not fields.bank.strip():
        yield Flaw("bank", _("Please fill this in."))
    if not party.is_natural_person and not fields.branch.strip():
        yield Flaw("branch", _("Enter the branch, as on the account-opening permit."))
    if not party.is_natural_person and not _is_digits(digits_of(fields.bank_code), CODE_LENGTH):
        sentence = _("Enter the code of the branch: 12 digits (CNAPS); your bank tells it.")
        yield Flaw("bank_code", sentence)
    if _plain(fields.holder) != _plain(name_to_pay(party)):
        yield Flaw("holder", _("The holder must be the registered name of the party."))
    number = digits_of(fields.number)
    if party.is_natural_person:
        if not _is_digits(number, CARD_LENGTHS) or not luhn.is_valid(number):
            yield Flaw("number", _("Enter the number of the card; its last digit does not fit."))
    elif not _is_digits(number, ACCOUNT_LENGTHS):
        yield Flaw("number", _("Enter the account number: 8 to 30 digits."))
    if not fields.consents:
        yield Flaw("consents", _("Without this consent we may not keep the number."))


def name_to_pay(party: Party) -> str:
    """A person's real name where it is known, the registered name otherwise."""
    real_name = real_name_of(party)
    return real_name.name if real_name else party.legal_name


def digits_of(number: str) -> str:
    """As typed, without the gaps between groups."""
    return "".join(number.split()).replace("-", "")


def _is_digits(number: str, lengths: range) -> bool:
    return number.isascii() and number.isdecimal() and len(number) in lengths


def _plain(name: str) -> str:
    """Brackets are typed in both widths; blanks do not count."""
    return "".join(name.split()).translate(str.maketrans("（）", "()")).casefold()
