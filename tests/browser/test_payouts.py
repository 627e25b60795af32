"""Money on its way, on the pages: an account is changed by two people of the party, what is asked
for enters a batch that two people make, its bank file is taken once, and what the bank returned is
tried again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from portal.core import clock
from portal.core.jobs import run_job
from portal.core.models import ImportRun
from portal.parties.models import Membership, PayoutAccount
from portal.payouts.models import Batch, FileTaking, Item, PayoutRequest, TrialTransfer
from tests import factories
from tests.conftest import person_of, staff_person
from tests.payouts.making import earn, held, payable

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "310104016000771"


def press(page, action):
    """The button of the form that goes there."""
    page.locator(f"form[action='{action}'] button[type=submit]").first.click()


def test_account_batch_file_answer_and_retry(transactional_db, open_page):
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品"))
    provider = person_of(factories.listed_party("provider", "云帆电商"))
    finance = factories.user("finance@example.com", "出纳")
    long_ago = merchant.party.created_at - timedelta(days=9)  # both have been there for a while
    Membership.objects.create(
        user=finance, party=merchant.party, role="finance", created_at=long_ago
    )
    Membership.objects.filter(party=merchant.party).update(created_at=long_ago)
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    payable(provider.party, 70_000)
    earn(merchant.party, 50_000)

    own = open_page(merchant.user)
    own.goto(reverse("party_payout", args=[merchant.party.pk]))
    for name, said in (("bank", "杭州银行"), ("branch", "杭州分行营业部"), ("number", NUMBER)):
        own.locator(f"input[name={name}]").fill(said)
    own.locator("input[name=bank_code]").fill("308331012012")
    own.locator("input[name=holder]").fill(merchant.party.legal_name)
    own.locator("input[name=consents]").check()
    own.locator("main form.bd button.btn-primary").click()
    own.wait_for_load_state()
    account = PayoutAccount.objects.get(party=merchant.party)
    second = open_page(finance)
    second.goto(reverse("party_payout", args=[merchant.party.pk]))
    press(second, reverse("payout_confirmation", args=[account.pk]))
    second.wait_for_load_state()
    own.goto(reverse("payout_account"))
    press(own, reverse("payout_consent"))
    own.wait_for_load_state()

    first = open_page(maker.user)
    first.goto(reverse("payee_list"))
    trial_form = first.locator(f"form[action='{reverse('payee_trial', args=[account.pk])}']")
    trial_form.locator("input[name=amount]").fill("0.37")
    trial_form.locator("input[name=reference]").fill("SY20260512")
    trial_form.locator("button").click()
    first.wait_for_load_state()
    opening = reverse("payee_sub_account", args=[merchant.party.pk])
    first.locator(f"form[action='{opening}'] input[name=sub_account]").fill("ZH0000000042")
    press(first, opening)
    first.wait_for_load_state()
    own.goto(reverse("payout_account"))
    trial = TrialTransfer.objects.get(account=account)
    own.locator("input[name=amount]").fill("0.37")
    press(own, reverse("trial_answer", args=[trial.pk]))
    own.wait_for_load_state()
    own.goto(reverse("payout_list"))
    assert own.locator(f"form[action='{reverse('payout_request')}'] button[disabled]").count() == 1
    now = clock.now()  # days later
    PayoutAccount.objects.filter(pk=account.pk).update(
        entered_at=now - timedelta(days=3),
        decided_at=now - timedelta(days=2),
        held_until=now - timedelta(days=1),
    )
    own.reload()
    press(own, reverse("payout_request"))
    own.wait_for_load_state()
    assert PayoutRequest.objects.get().status == "waiting"

    first.goto(reverse("batch_list"))
    first.locator("a[href$='?asked=1']").first.click()
    assert first.locator("input[name=only_requested]").is_checked()
    first.locator("input[name=only_requested]").uncheck()
    first.locator("select[name=template]").select_option("institution-split")
    first.locator("input[name=purpose]").fill("5 月结算款")
    first.locator("main form button.btn-primary").click()
    first.wait_for_url("**/payouts/*-*/")
    batch = Batch.objects.get()
    approval = reverse("batch_approval", args=[batch.pk])
    assert first.locator(f"form[action='{approval}'] button[disabled]").count() == 1
    other = open_page(checker.user)
    other.goto(batch.get_absolute_url())
    press(other, approval)
    other.wait_for_load_state()
    batch.refresh_from_db()
    run_job(str(batch.job_id))
    first.goto(batch.get_absolute_url())
    with first.expect_download() as download:
        press(first, reverse("batch_file", args=[batch.pk]))
    assert NUMBER in download.value.path().read_text("gb18030", errors="replace")
    assert FileTaking.objects.count() == 1
    rows = [
        f"{batch.number},{item.key},{said},{yuan},{clock.today()},PB{item.pk},{why}"
        for item, said, yuan, why in zip(
            Item.objects.filter(batch=batch).order_by("amount_fen"),
            ("失败", "成功"),
            ("", "700.00"),
            ("收款账号户名不符", ""),
            strict=True,
        )
    ]
    answers = "\n".join(["batch,key,status,amount,on,reference,reason", *rows]).encode()
    first.goto(reverse("import_create", args=["payouts.results"]))
    file = {"name": "回执.csv", "mimeType": "text/csv", "buffer": answers}
    first.set_input_files("input[type=file]", file)
    first.locator("main button[type=submit]").click()
    first.wait_for_url("**/imports/*/")
    run_job(str(ImportRun.objects.get().job_id))
    first.locator("main button.btn-primary").click()
    first.wait_for_load_state()
    run_job(str(ImportRun.objects.get().job_id))
    assert sorted(Item.objects.values_list("status", flat=True)) == ["paid", "rejected"]
    assert held(merchant.party) == {"available": 50_000, "paying": 0}

    own.goto(reverse("payout_list"))
    returned = Item.objects.get(status="rejected")
    own.locator(f"a[href='{returned.get_absolute_url()}']").first.click()
    own.get_by_text("收款账号户名不符").first.wait_for()
    first.goto(reverse("batch_create"))
    first.locator("select[name=template]").select_option("institution-split")
    first.locator("input[name=purpose]").fill("补付结算款")
    first.locator("main form button.btn-primary").click()
    first.wait_for_url("**/payouts/*-*/")
    again = Item.objects.get(status="planned")
    assert (again.party, again.attempt, again.amount_fen) == (merchant.party, 2, 50_000)
    assert again.key == returned.key, "the bank pays it once"
