"""Where a party is paid: entered by one person, confirmed by another, held before it is used."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from portal.core import audit, clock, vault
from portal.core.actor import Actor
from portal.core.verdict import Flaw, Refused, conflict, flawless
from portal.notices.services import notify
from portal.parties import rules, states
from portal.parties.fields import PayoutFields
from portal.parties.models import BANK_NUMBER, Membership, Party, PayoutAccount, PayoutChange
from portal.parties.services.parties import lock_party
from portal.parties.states import PAYOUT_TRANSITIONS, PayoutStatus
from portal.policies.services import give_consent_to
from portal.policies.states import DocumentKind


@transaction.atomic
def enter_payout(actor: Actor, *, party: Party, fields: PayoutFields) -> PayoutAccount:
    """Say where the party is to be paid. It waits for a second person; all who may decide are
    told, so that nobody does it behind their back."""
    party = lock_party(party)
    rules.can_enter_payout(actor, party).require()
    rules.payout_is_sound(party, fields).require()
    number = rules.digits_of(fields.number)
    prints = vault.fingerprints(number, BANK_NUMBER)
    if PayoutAccount.objects.in_use().filter(party=party, number_print__in=prints).exists():
        raise Refused(conflict(_("The party is paid to this account already.")))
    account = PayoutAccount.objects.create(
        party=party,
        bank=fields.bank.strip(),
        branch=fields.branch.strip(),
        bank_code="" if party.is_natural_person else rules.digits_of(fields.bank_code),
        holder=fields.holder.strip(),
        number_sealed=vault.seal(number),
        number_print=vault.fingerprint(number, BANK_NUMBER),
        last4=number[-4:],
        entered_at=clock.now(),
        entered_by_id=actor.user_id,
    )
    give_consent_to(actor, kind=DocumentKind.IDENTITY)
    _keep(actor, account)
    audit.record(actor, "enter_payout", account, after={"party": party.pk, "bank": account.bank})
    _tell(
        account,
        gettext_noop(
            "An account of %(party)s to be paid to, ending in %(last4)s, was "
            "entered and waits for a second person. If it was none of you, refuse it."
        ),
    )
    return account


@transaction.atomic
def confirm_payout(actor: Actor, *, account: PayoutAccount) -> PayoutAccount:
    """The second person agrees: from now on it is the party's account, in place of the one before;
    nothing is paid until the hold is over."""
    account = _lock(account)
    rules.can_confirm_payout(actor, account).require()
    for earlier in PayoutAccount.objects.in_use().filter(party=account.party_id):
        _change_status(actor, earlier, PayoutStatus.REPLACED, verb="replace_payout")
    hold = timedelta(hours=rules.terms_of_accounts().hold_hours)
    account.decided_at, account.decided_by_id = clock.now(), actor.user_id
    account.held_until = account.decided_at + hold
    _change_status(actor, account, PayoutStatus.IN_USE, verb="confirm_payout")
    _tell(
        account,
        gettext_noop(
            "%(party)s is paid to the account ending in %(last4)s from now on; "
            "nothing is paid before %(until)s."
        ),
    )
    return account


@transaction.atomic
def refuse_payout(actor: Actor, *, account: PayoutAccount, reason: str) -> PayoutAccount:
    """The second person does not agree; what was in use stays in use."""
    account = _lock(account)
    rules.can_confirm_payout(actor, account).require()
    if not reason.strip():
        raise Refused(flawless([Flaw("reason", _("Say why; your colleagues read it."))]))
    account.decided_at, account.decided_by_id = clock.now(), actor.user_id
    account.reason = reason.strip()
    _change_status(actor, account, PayoutStatus.REFUSED, verb="refuse_payout", why=account.reason)
    _tell(
        account,
        gettext_noop("The account of %(party)s ending in %(last4)s was refused: %(reason)s"),
    )
    return account


@transaction.atomic
def withdraw_payout(actor: Actor, *, account: PayoutAccount) -> PayoutAccount:
    account = _lock(account)
    rules.can_withdraw_payout(actor, account).require()
    account.decided_at, account.decided_by_id = clock.now(), actor.user_id
    _change_status(actor, account, PayoutStatus.WITHDRAWN, verb="withdraw_payout")
    _tell(account, gettext_noop("The account of %(party)s ending in %(last4)s was taken back."))
    return account


# --- pieces ---------------------------------------------------------------------------------------


def _lock(account: PayoutAccount) -> PayoutAccount:
    party = lock_party(account.party)
    locked = PayoutAccount.objects.get(pk=account.pk)
    locked.party = party
    return locked


def _change_status(
    actor: Actor, account: PayoutAccount, status: PayoutStatus, *, verb: str, why: str = ""
) -> None:
    if status not in PAYOUT_TRANSITIONS[account.status]:
        raise Refused(conflict(_("This is not possible in the account's present state.")))
    before, account.status = account.status, status
    account.save(update_fields=["status", "reason", "decided_at", "decided_by", "held_until"])
    _keep(actor, account)
    audit.record(actor, verb, account, before={"status": before}, after={"status": status}, why=why)


def _keep(actor: Actor, account: PayoutAccount) -> None:
    PayoutChange.objects.create(
        account=account, status=account.status, at=clock.now(), by_id=actor.user_id
    )


def _tell(account: PayoutAccount, sentence: str) -> None:
    """The owner and all finance people."""
    people = Membership.objects.filter(party=account.party_id, role__in=states.PAYING)
    until = account.held_until.astimezone(clock.SHANGHAI) if account.held_until else None
    notify(
        people.values_list("user_id", flat=True),
        party_id=account.party_id,
        event="payout.changed",
        key=f"payout-{account.status}:{account.pk}",
        sentence=sentence,
        params={
            "party": account.party.name,
            "last4": account.last4,
            "reason": account.reason[:200],
            "until": f"{until:%Y-%m-%d %H:%M}" if until else "",
        },
        url=f"{account.party.get_absolute_url()}payout/",
    )
