"""What parties have of what it takes to be paid: a few queries, however many parties."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.parties.models import Party, PayoutAccount
from portal.payouts.models import Enrolment, TrialTransfer
from portal.payouts.rules import Standing
from portal.payouts.states import TrialStatus

MOST = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps to being paid: when it was done, or what is to be done."""

    name: str
    title: str | Promise
    done_at: datetime | None
    note: str | Promise = ""
    is_next: bool = False


def standings(party_ids: Collection[int]) -> dict[int, Standing]:
    """By party."""
    accounts = {
        account.party_id: account
        for account in PayoutAccount.objects.in_use().filter(party__in=party_ids)
    }
    proven = set(
        TrialTransfer.objects.filter(
            account__in=[account.pk for account in accounts.values()],
            status=TrialStatus.CONFIRMED,
        ).values_list("account_id", flat=True)
    )
    enrolled = Enrolment.objects.filter(party__in=party_ids).values_list("party_id", "sub_account")
    numbers = dict(enrolled)
    return {
        party: _standing(accounts.get(party), proven, numbers.get(party)) for party in party_ids
    }


def standing_of(party: Party) -> Standing:
    return standings([party.pk])[party.pk]


def _standing(
    account: PayoutAccount | None, proven: set[UUID], sub_account: str | None
) -> Standing:
    return Standing(
        account=account,
        is_held=account is not None and account.is_held,
        is_proven=account is not None and account.pk in proven,
        has_consent=sub_account is not None,
        sub_account=sub_account or "",
    )


def untried_accounts() -> QuerySet[PayoutAccount]:
    """In use, and without a trial transfer that stands."""
    return PayoutAccount.objects.in_use().exclude(
        trials__status__in=[TrialStatus.SENT, TrialStatus.CONFIRMED]
    )


def accounts_to_try() -> list[PayoutAccount]:
    rows = untried_accounts()
    return list(rows.select_related("party").order_by("decided_at", "pk")[:MOST])


def sub_accounts_to_open() -> list[Enrolment]:
    rows = Enrolment.objects.filter(sub_account="").select_related("party")
    return list(rows.order_by("consented_at", "pk")[:MOST])


def trials_sent() -> list[TrialTransfer]:
    rows = TrialTransfer.objects.filter(status=TrialStatus.SENT)
    return list(rows.select_related("account__party").order_by("due_at", "pk")[:MOST])


def steps_of(party: Party) -> list[Step]:
    """The way to the first payout, as the party's page shows it."""
    account = PayoutAccount.objects.in_use().filter(party=party).first()
    waiting = PayoutAccount.objects.waiting().filter(party=party).first()
    entered = account or waiting
    held_until = account.held_until if account and not account.is_held else None
    trial = account and TrialTransfer.objects.standing().filter(account=account).first()
    enrolment = Enrolment.objects.filter(party=party).first()
    confirmed = trial.ended_at if trial and trial.status == TrialStatus.CONFIRMED else None
    opened_at = enrolment.opened_at if enrolment else None
    found: list[tuple[str, str | Promise, datetime | None]] = [
        ("account", _("Enter an account"), entered.entered_at if entered else None),
        ("second", _("A second person confirms it"), account.decided_at if account else None),
        ("trial", _("Say how much the trial transfer was"), confirmed),
        ("consent", _("Agree to the split"), enrolment.consented_at if enrolment else None),
        ("sub_account", _("The institution opens a sub-account"), opened_at),
        ("hold", _("The hold after a change is over"), held_until),
    ]
    first = next((name for name, _title, at in found if at is None), "")
    return [Step(name, title, at, is_next=name == first) for name, title, at in found]
