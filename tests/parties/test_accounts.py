"""Accounts and shops elsewhere: named, proven, of one party only, and run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import rules, services
from portal.parties.fields import OwnedFields
from portal.parties.models import AccountTerm, OwnedAccount, ProofReminder
from portal.parties.states import OwnedStatus, ProofMethod
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
FIELDS = OwnedFields(platform="douyin", handle="XiaoMan.88", name="小满的厨房")


def claimed(person, **changes):
    fields = OwnedFields(
        **({"platform": "douyin", "handle": "XiaoMan.88", "name": "小满"} | changes)
    )
    return services.claim_account(person.actor, party=person.party, fields=fields)


def placed(person, **changes):
    return services.place_proof(person.actor, account=claimed(person, **changes))


def proven(person, **changes):
    return services.prove_account(SYSTEM, account=placed(person, **changes))


def refused(service, *args, **kwargs):
    before = (OwnedAccount.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert before == (OwnedAccount.objects.count(), AuditEntry.objects.count())
    return caught.value.verdict.status


def test_code_is_placed_seen_and_shown_to_everybody(creator, reviewer, visitor):
    account = claimed(creator)
    assert (account.handle, account.code[:3]) == ("xiaoman.88", "TL-")
    assert visitor.get(f"/creators/{creator.party.pk}/").content.decode().count("xiaoman.88") == 0
    account = services.place_proof(creator.actor, account=account)
    assert account.method == ProofMethod.CODE
    account = services.prove_account(reviewer.actor, account=account)
    assert account.lasts_until - account.decided_at == timedelta(days=365)
    assert "xiaoman.88" in visitor.get(f"/creators/{creator.party.pk}/").content.decode()
    assert Notice.objects.filter(user=creator.user, event="owned_account.answered").count() == 1


def test_screenshot_is_for_the_party_and_its_reviewers(merchant, colleague, reviewer, rival):
    browser, account = merchant.browser(), claimed(merchant, platform="shop", handle="shop-1")
    page = f"/owned-accounts/{account.pk}/"
    assert browser.post(page, {"screenshot": factories.picture()}).status_code == 302
    account.refresh_from_db()
    assert (account.status, account.method) == ("placed", "shot")
    file = f"/files/{account.screenshot_id}/"
    assert merchant.browser().get(file).status_code == 200
    assert reviewer.browser().get(file).status_code == 200
    assert colleague.browser().get(file).status_code == 403
    assert rival.browser().get(file).status_code == 404
    answer = reviewer.browser().post(
        f"/admin/parties/ownedaccount/{account.pk}/check/", {"decision": "accept"}
    )
    assert answer.status_code == 302
    account.refresh_from_db()
    assert account.status == OwnedStatus.PROVEN


def test_proven_account_is_of_one_party(creator, agency):
    proven(creator)
    other = placed(agency)
    assert refused(services.prove_account, SYSTEM, account=other) == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnedAccount.objects.filter(pk=other.pk).update(status="proven", decided_at=clock.now())
    mine = OwnedAccount.objects.get(party=creator.party)
    services.release_account(creator.actor, account=mine)
    services.prove_account(SYSTEM, account=other)


def test_same_account_is_named_once_at_a_time(creator):
    account = claimed(creator)
    assert refused(claimed, creator, handle="xiaoman.88") == 409
    services.release_account(creator.actor, account=account)
    claimed(creator)


def test_proof_is_renewed_in_its_last_month(creator):
    first = proven(creator)
    assert refused(claimed, creator) == 409
    with clock.standing_at(first.lasts_until - timedelta(days=20)):
        second = proven(creator)
        first.refresh_from_db()
        assert (first.status, second.status) == ("expired", "proven")
        assert OwnedAccount.objects.proven().get() == second


def test_codes_and_proofs_run_out(creator, merchant):
    account, code = proven(creator), claimed(merchant)
    with clock.standing_at(code.lasts_until):
        assert refused(services.place_proof, merchant.actor, account=code) == 409
        assert services.expire_accounts(SYSTEM) == 1
    with clock.standing_at(account.lasts_until):
        assert not OwnedAccount.objects.proven().exists()
        assert services.expire_accounts(SYSTEM) == 1
        assert services.expire_accounts(SYSTEM) == 0
    told = Notice.objects.filter(event="owned_account.answered", user=creator.user)
    assert told.count() == 2
    assert not Notice.objects.filter(event="owned_account.answered", user=merchant.user).exists()


def test_terms_follow_their_day(creator):
    first = clock.today() + timedelta(days=3)
    AccountTerm.objects.create(starts_on=first, code_days=2, proof_days=90, hold_hours=72)
    assert rules.terms_of_accounts().code_days == 7
    with clock.standing_at(clock.now() + timedelta(days=3)):
        assert rules.terms_of_accounts().code_days == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountTerm.objects.create(starts_on="2030-01-01", code_days=2, proof_days=90, hold_hours=9)


@pytest.mark.parametrize("handle", ["ab", "小满的厨房", "a b c", "x" * 61, "a\nbcd"])
def test_number_there_is_sound(creator, handle):
    assert refused(claimed, creator, handle=handle) == 422


def test_who_may_not(creator, colleague, merchant, stranger, reviewer):
    fields = FIELDS
    for person in (stranger, merchant):
        args = {"party": creator.party, "fields": fields}
        assert refused(services.claim_account, person.actor, **args) == 403
    own = {"party": merchant.party, "fields": fields}
    assert refused(services.claim_account, colleague.actor, **own) == 403
    account = placed(creator)
    assert refused(services.prove_account, creator.actor, account=account) == 403
    elsewhere = staff_person("regional operator", regions=["north"])
    assert refused(services.prove_account, elsewhere.actor, account=account) == 403
    assert refused(services.refuse_account, reviewer.actor, account=account, reason=" ") == 422
    services.refuse_account(reviewer.actor, account=account, reason="简介里没有口令")
    assert refused(services.prove_account, reviewer.actor, account=account) == 409


def test_suspended_party_names_nothing(creator):
    services.suspend_party(SYSTEM, party=creator.party, reason="投诉")
    assert refused(claimed, person_of(creator.party)) == 409


def test_page_asks_the_same_few_questions(creator):
    browser, address = creator.browser(), f"/parties/{creator.party.pk}/accounts/"
    claimed(creator)
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    claimed(creator, handle="second")
    claimed(creator, handle="third")
    with CaptureQueriesContext(connection) as three:
        browser.get(address)
    assert len(one) == len(three)


def test_form_leads_to_the_code(creator):
    browser = creator.browser()
    address = f"/parties/{creator.party.pk}/accounts/"
    data = {"platform": "douyin", "handle": "XiaoMan.88", "name": "小满"}
    answer = browser.post(address, data)
    account = OwnedAccount.objects.get()
    assert answer.url == f"/owned-accounts/{account.pk}/"
    assert account.code in browser.get(answer.url).content.decode()
    assert browser.post(address, data | {"handle": "??"}).context["form"].errors
    assert browser.post(answer.url, {"method": "code"}).status_code == 302
    account.refresh_from_db()
    assert account.status == OwnedStatus.PLACED


def test_proofs_of_a_double_go_to_the_party_that_stays():
    kept = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    double = person_of(factories.listed_party("merchant", "谷雨粒"))
    account = proven(double)
    for person in (kept, double):
        claimed(person, handle="both")
    services.merge_parties(SYSTEM, survivor=kept.party, absorbed=double.party, why="同一家")
    account.refresh_from_db()
    assert account.party == kept.party
    assert OwnedAccount.objects.filter(party=kept.party, handle="both").count() == 1


def test_party_is_reminded_before_a_proof_runs_out(creator, agency):
    account = proven(creator)
    told = Notice.objects.filter(user=creator.user, event="owned_account.expiring")
    for days, count in ((31, 0), (29, 1), (20, 1), (6, 2), (0, 3), (0, 3)):
        with clock.standing_at(account.lasts_until - timedelta(days=days, minutes=5)):
            services.remind_of_proofs(SYSTEM)
            assert told.count() == count, days
    assert set(ProofReminder.objects.values_list("days", flat=True)) == {30, 7, 0}


def test_reminders_that_beat_missed_are_made_up_for_by_one(creator):
    account = proven(creator)
    with clock.standing_at(account.lasts_until - timedelta(days=2)):
        assert services.remind_of_proofs(SYSTEM) == 1
        assert services.remind_of_proofs(SYSTEM) == 0
        assert set(ProofReminder.objects.values_list("days", flat=True)) == {30, 7}
        placed(creator)
    with clock.standing_at(account.lasts_until - timedelta(minutes=5)):
        assert services.remind_of_proofs(SYSTEM) == 0, "its renewal is being checked"


def test_proof_is_renewable_when_the_first_reminder_comes(creator):
    account = proven(creator)
    with clock.standing_at(account.lasts_until - timedelta(days=30, minutes=-1)):
        assert services.remind_of_proofs(SYSTEM) == 1
        claimed(creator)
