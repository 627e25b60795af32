"""Where a party is paid: two people, a hold, and a history nobody changes."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from portal.core import clock, vault
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import personal, rules, services
from portal.parties.fields import PayoutFields
from portal.parties.models import BANK_NUMBER, Membership, Party, PayoutAccount, PayoutChange
from portal.parties.states import Role
from portal.policies.models import Consent
from tests import factories
from tests.conftest import person_of, staff_person

pytestmark = pytest.mark.django_db
NUMBER = "3301 0401 6000 1234 567"


def fields_of(party, **changes):
    defaults = {
        "bank": "杭州银行",
        "branch": "西湖支行",
        "holder": rules.name_to_pay(party),
        "number": NUMBER,
        "consents": True,
        "bank_code": "313331000014",
    }
    return PayoutFields(**(defaults | changes))


def entered(person, **changes):
    return services.enter_payout(
        person.actor, party=person.party, fields=fields_of(person.party, **changes)
    )


def with_finance(owner, name="finance@example.com"):
    """Both long enough in their roles."""
    user = factories.user(name, "财务")
    Membership.objects.create(
        user=user, party=owner.party, role=Role.FINANCE, created_at=clock.now()
    )
    settle(owner.party)
    return person_of(owner.party, user, Role.FINANCE)


def settle(party):
    long_ago = clock.now() - timedelta(days=4)
    Membership.objects.filter(party=party).update(created_at=long_ago, role_since=None)


def refused(service, *args, **kwargs):
    before = (PayoutAccount.objects.count(), PayoutChange.objects.count(), Notice.objects.count())
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert before == (
        PayoutAccount.objects.count(),
        PayoutChange.objects.count(),
        Notice.objects.count(),
    )
    return caught.value.verdict


def test_second_person_confirms_and_nothing_is_paid_before_the_hold_is_over(merchant, colleague):
    finance = with_finance(merchant)
    account = entered(merchant)
    assert rules.can_pay_party(merchant.party).status == 422
    told = Notice.objects.filter(event="payout.changed")
    assert set(told.values_list("user", flat=True)) == {merchant.user.pk, finance.user.pk}
    account = services.confirm_payout(finance.actor, account=account)
    assert account.held_until - account.decided_at == timedelta(hours=24)
    assert rules.can_pay_party(merchant.party).status == 409
    with clock.standing_at(account.held_until):
        assert rules.can_pay_party(merchant.party)
    assert told.count() == 4


def test_change_replaces_and_holds_again(merchant):
    finance = with_finance(merchant)
    first = services.confirm_payout(finance.actor, account=entered(merchant))
    with clock.standing_at(first.held_until + timedelta(days=9)):
        assert refused(entered, merchant).status == 409  # the same number
        second = entered(finance, number="6222021202000000001")
        assert rules.can_pay_party(merchant.party)  # the first one, as before
        second = services.confirm_payout(merchant.actor, account=second)
        assert rules.can_pay_party(merchant.party).status == 409
    first.refresh_from_db()
    assert (first.status, second.status) == ("replaced", "in_use")
    states = list(PayoutChange.objects.order_by("pk").values_list("status", flat=True))
    assert states == ["entered", "in_use", "entered", "replaced", "in_use"]


def test_number_is_sealed_masked_and_in_no_trail(merchant):
    account = entered(merchant)
    digits = rules.digits_of(NUMBER)
    assert vault.unseal(account.number_sealed) == digits
    assert account.number_print == vault.fingerprint(digits, BANK_NUMBER)
    page = merchant.browser().get(f"/parties/{merchant.party.pk}/payout/").content.decode()
    assert digits not in page
    assert account.masked_number in page
    trail = AuditEntry.objects.filter(object_id=str(account.pk)).values_list("after", flat=True)
    assert digits not in json.dumps(list(trail))
    assert Consent.objects.filter(user=merchant.user, version__kind="identity").exists()


def test_owner_of_who_is_paid_needs_a_second_factor(settings, merchant, colleague):
    settings.MFA_REQUIRED = True
    assert merchant.browser().get("/workbench/").status_code == 200
    account = entered(merchant)
    assert merchant.browser().get("/workbench/")["Location"] == "/accounts/2fa/"
    assert colleague.browser().get("/workbench/").status_code == 200
    services.withdraw_payout(merchant.actor, account=account)
    assert merchant.browser().get("/workbench/").status_code == 200


def test_who_entered_does_not_confirm_and_two_of_finance_are_not_enough(merchant, colleague):
    one, two = with_finance(merchant), with_finance(merchant, "two@example.com")
    account = entered(one)
    for person in (one, two, colleague):
        assert refused(services.confirm_payout, person.actor, account=account).status == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutAccount.objects.filter(pk=account.pk).update(
            status="in_use",
            decided_by=one.user,
            decided_at=clock.now(),
            held_until=clock.now() + timedelta(days=1),
        )
    services.confirm_payout(merchant.actor, account=account)


def test_operator_stands_in_only_where_there_is_no_second_person(creator, merchant):
    checker = staff_person("finance checker")
    alone = entered(creator, number=card(), branch="")
    with_finance(merchant)
    accompanied = entered(merchant)
    assert list(PayoutAccount.objects.waiting().standing_alone()) == [alone]
    assert refused(services.confirm_payout, checker.actor, account=accompanied).status == 403
    assert refused(services.confirm_payout, creator.actor, account=alone).status == 403
    browser = checker.browser()
    assert browser.get("/admin/").status_code == 200
    page = f"/admin/parties/payoutaccount/{alone.pk}/check/"
    assert browser.post(page, {"decision": "refuse"}).status_code == 200  # without a reason
    assert browser.post(page, {"decision": "confirm"}).status_code == 302
    alone.refresh_from_db()
    assert alone.status == "in_use"


def test_who_may_not_see(merchant, colleague, rival, stranger):
    manager = factories.user("manager@example.com")
    Membership.objects.create(
        user=manager, party=merchant.party, role=Role.MANAGER, created_at=clock.now()
    )
    for person in (colleague, person_of(merchant.party, manager, Role.MANAGER), rival, stranger):
        args = {"party": merchant.party, "fields": fields_of(merchant.party)}
        assert refused(services.enter_payout, person.actor, **args).status == 403


def test_waiting_one_is_answered_first(merchant):
    account = entered(merchant)
    assert refused(entered, merchant, number="6222021202000000001").status == 409
    services.withdraw_payout(merchant.actor, account=account)
    entered(merchant, number="6222021202000000001")


def test_draft_party_is_not_paid():
    owner = person_of(factories.draft_party("merchant", "沐白个护"))
    assert refused(entered, owner).status == 409


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"holder": "杭州别家有限公司"}, "holder"),
        ({"number": "12345"}, "number"),
        ({"number": "1234567890abc"}, "number"),
        ({"branch": " "}, "branch"),
        ({"bank": " "}, "bank"),
        ({"consents": False}, "consents"),
    ],
)
def test_flaws_stand_beside_their_field(merchant, changes, field):
    verdict = refused(entered, merchant, **changes)
    assert [flaw.field for flaw in verdict.flaws] == [field]


def test_brackets_of_either_width_are_the_same_name(merchant):
    party = merchant.party
    Party.objects.filter(pk=party.pk).update(legal_name="谷雨（杭州）有限公司")
    party.refresh_from_db()
    assert rules.payout_is_sound(party, fields_of(party, holder="谷雨(杭州) 有限公司"))


def card(body="622202120200000000"):
    return body + luhn.calc_check_digit(body)


@given(st.text("0123456789", min_size=14, max_size=18), st.integers(0, 18), st.integers(1, 9))
def test_one_wrong_digit_of_a_card_is_found(body, place, by):
    person = Party(pk=0, kind="creator", legal_name="林小满", uscc="")
    number = card(body)
    place %= len(number)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    def flaws(number):
        fields = PayoutFields("建设银行", "", "林小满", number, consents=True)
        return {flaw.field for flaw in rules.flaws_of_payout(person, fields)}

    assert flaws(number) == set()
    assert flaws(wrong) == {"number"}


def test_history_is_only_added_to(merchant):
    entered(merchant)
    for change in (PayoutChange.objects.update, PayoutChange.objects.all().delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change(status="in_use") if change == PayoutChange.objects.update else change()


def test_person_reads_the_number_and_it_is_forgotten(creator):
    account = entered(creator, number=card(), branch="")
    assert personal.tell_payouts(creator.user)[0]["number"] == card()
    personal.forget_payouts(creator.user, [creator.party])
    account.refresh_from_db()
    assert (bytes(account.number_sealed), account.last4) == (b"", "")
    assert personal.tell_payouts(creator.user) == []


def test_pages_lead_from_the_form_to_the_account_in_use(merchant):
    finance = with_finance(merchant)
    address = f"/parties/{merchant.party.pk}/payout/"
    data = {"bank": "杭州银行", "branch": "西湖支行", "number": NUMBER, "consents": "on"}
    data["bank_code"] = "313331000014"
    holder = merchant.browser().get(address).context["form"]["holder"].value()
    assert merchant.browser().post(address, data | {"holder": "别家"}).context["form"].errors
    assert merchant.browser().post(address, data | {"holder": holder}).status_code == 302
    account = PayoutAccount.objects.get()
    refusal = f"/payout-accounts/{account.pk}/refusal/"
    assert finance.browser().post(refusal, {"reason": ""}).context["refusal"].errors
    answer = finance.browser().post(f"/payout-accounts/{account.pk}/confirmation/")
    assert answer.url == address
    assert merchant.browser().get(address).context["in_use"] == account


def test_somebody_let_in_just_now_confirms_nothing(merchant, provider):
    """Whoever takes an owner's session over could invite the second person themselves."""
    puppet = with_finance(merchant)
    Membership.objects.filter(user=puppet.user).update(created_at=clock.now())
    account = entered(merchant)
    assert refused(services.confirm_payout, puppet.actor, account=account).status == 403
    assert PayoutAccount.objects.waiting().standing_alone().get() == account
    services.withdraw_payout(merchant.actor, account=account)
    account = entered(puppet)
    assert refused(services.confirm_payout, merchant.actor, account=account).status == 403
    with clock.standing_at(clock.now() + timedelta(hours=73)):
        assert not PayoutAccount.objects.waiting().standing_alone().exists()
        services.confirm_payout(merchant.actor, account=account)


def test_role_given_just_now_confirms_nothing(merchant, colleague):
    settle(merchant.party)
    membership = Membership.objects.get(user=colleague.user)
    services.change_role(merchant.actor, membership=membership, role=Role.FINANCE)
    now_finance = person_of(merchant.party, colleague.user, Role.FINANCE)
    account = entered(merchant)
    assert refused(services.confirm_payout, now_finance.actor, account=account).status == 403
