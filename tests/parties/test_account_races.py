"""Two at the same moment: one proof, one account in use."""

import pytest

from portal.core.verdict import Refused
from portal.parties import services
from portal.parties.models import OwnedAccount, Party, PayoutAccount
from tests import factories
from tests.factories import SYSTEM
from tests.parties.test_accounts import placed
from tests.parties.test_payouts import entered, with_finance

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_parties_prove_one_account_at_once(creator, agency):
    claims = [placed(creator), placed(agency)]
    parties = Party.objects.filter(pk__in=[creator.party.pk, agency.party.pk])
    answers = factories.at_once(
        *(lambda c=c: services.prove_account(SYSTEM, account=c) for c in claims), behind=parties
    )
    (refusal,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refusal.verdict.status == 409
    assert OwnedAccount.objects.proven().count() == 1


def test_account_is_confirmed_or_refused_not_both(merchant):
    finance = with_finance(merchant)
    account = entered(merchant)
    answers = factories.at_once(
        lambda: services.confirm_payout(finance.actor, account=account),
        lambda: services.refuse_payout(finance.actor, account=account, reason="不认识"),
        lambda: services.withdraw_payout(merchant.actor, account=account),
        behind=Party.objects.filter(pk=merchant.party.pk),
    )
    assert len([answer for answer in answers if isinstance(answer, Refused)]) == 2
    account.refresh_from_db()
    assert account.status != "entered"
    assert account.changes.count() == 2


def test_two_who_enter_at_once_enter_one(merchant):
    finance = with_finance(merchant)
    answers = factories.at_once(
        lambda: entered(merchant),
        lambda: entered(finance, number="6222021202000000001"),
        behind=Party.objects.filter(pk=merchant.party.pk),
    )
    assert len([answer for answer in answers if isinstance(answer, Refused)]) == 1
    assert PayoutAccount.objects.waiting().count() == 1
