"""From what is available to what has arrived, and back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.ledger.selectors import amounts_of
from portal.ledger.selectors import verification as books_checked
from portal.ledger.states import Kind
from portal.notices.models import Notice
from portal.payouts import selectors, services
from portal.payouts.models import Batch, FileTaking, Item, PayoutTerm
from portal.payouts.states import Readiness, Route
from tests.payouts.making import (
    DIRECT,
    FIELDS,
    MINIMUM,
    answer,
    answered,
    approved,
    checker,
    earn,
    held,
    maker,
    on_the_way,
    payable,
    prepared,
    sent,
    sums,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agree():
    """After every test transfers and books say the same."""
    yield
    for check in (*books_checked(), *selectors.verification()):
        assert not check.wrong


def refused(status, service, *args, **kwargs):
    before = (Batch.objects.count(), list(Item.objects.values_list("status", flat=True)))
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert before == (Batch.objects.count(), list(Item.objects.values_list("status", flat=True)))
    return caught.value.verdict


def test_batch_goes_from_one_person_to_another_to_the_bank_and_back(merchant, provider):
    payable(merchant.party, 50_000)
    payable(provider.party, MINIMUM - 1)
    first, second = maker(), checker()
    batch = prepared(first)
    assert sums(batch) == [("planned", 50_000)], "below the minimum waits for more"
    assert held(merchant.party) == {"available": 50_000, "paying": 0}, "nothing is booked yet"
    assert Item.objects.visible_to(merchant.actor).count() == 0

    refused(422, services.prepare_batch, first, fields=FIELDS)  # it is planned already
    refused(403, services.approve_batch, first, batch=batch)
    refused(409, services.take_file, first, batch=batch)
    batch = approved(batch, second)
    assert batch.status == "approved"
    assert held(merchant.party) == {"available": 0, "paying": 50_000}

    taken = services.take_file(first, batch=batch)
    again = services.take_file(first, batch=batch)
    assert (taken.is_first, again.is_first) == (True, False)
    assert taken.content == again.content
    assert FileTaking.objects.count() == 2
    batch.refresh_from_db()
    assert batch.status == "sent"
    (row,) = csv.DictReader(io.StringIO(taken.content.decode("utf-8-sig")))
    assert row["收款账号"] == "310104016000123"
    assert (row["金额"], row["指令号"]) == ("500.00", batch.items.get().key)
    assert row["子账户"]
    assert row["分账授权日期"]
    assert row["联行号"] == "308331012012"
    assert b"310104016000123" not in bytes(batch.file.content_sealed)

    assert answered(batch) == 1
    assert answered(batch) == 0, "the same again changes nothing"
    batch.refresh_from_db()
    assert batch.status == "done"
    assert held(merchant.party) == {"available": 0, "paying": 0}
    told = Notice.objects.get(event="transfer.paid")
    assert (told.user, told.url) == (merchant.user, f"/money/payouts/{batch.items.get().pk}/")
    verbs = AuditEntry.objects.filter(object_type="payouts.batch").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == [
        *("prepare_batch", "approve_batch", "book_batch", "send_batch"),
        *("take_bank_file", "take_bank_file", "end_batch"),
    ]


def test_returned_transfer_restores_the_liability_and_keeps_its_key(merchant):
    payable(merchant.party, 50_000)
    batch = on_the_way()
    item = batch.items.get()
    answered(batch, "rejected")
    assert held(merchant.party) == {"available": 50_000, "paying": 0}
    told = Notice.objects.get(event="transfer.rejected")
    assert "户名不符" in told.params["reason"]

    earn(merchant.party, 7)
    second = on_the_way()
    (again,) = second.items.all()
    assert (again.key, again.attempt, again.amount_fen) == (item.key, 2, 50_000)
    assert held(merchant.party) == {"available": 7, "paying": 50_000}
    late = answer(item, "paid")  # the first batch's answer, come again as another one
    verdict = refused(422, services.record_results, maker(), results=[late])
    assert [flaw.field for flaw in verdict.flaws] == ["status"]
    answered(second)
    assert held(merchant.party) == {"available": 7, "paying": 0}
    assert not Item.objects.to_retry().exists()


def test_key_is_given_up_where_its_amount_is_gone(merchant):
    payable(merchant.party, 50_000)
    batch = on_the_way()
    answered(batch, "rejected")
    earn(merchant.party, -20_000)
    second = prepared()
    (again,) = second.items.all()
    assert again.amount_fen == 30_000
    assert again.key != batch.items.get().key
    assert batch.items.get().given_up_at is not None
    services.cancel_batch(checker(), batch=second, reason="改日再付")
    assert held(merchant.party) == {"available": 30_000, "paying": 0}


def test_part_that_arrived_is_paid_and_the_rest_is_available_again(merchant):
    payable(merchant.party, 50_000)
    batch = on_the_way()
    item = batch.items.get()
    for fen in (0, 50_000, 50_001):
        refused(422, services.record_results, maker(), results=[answer(item, "partial", fen)])
    assert services.record_results(maker(), results=[answer(item, "partial", 20_000)]) == 1
    assert held(merchant.party) == {"available": 30_000, "paying": 0}
    (again,) = prepared().items.all()
    assert (again.amount_fen, again.attempt) == (30_000, 1)
    assert again.key != item.key


def test_answer_that_cannot_be_true_changes_nothing(merchant, provider):
    payable(merchant.party, 50_000)
    payable(provider.party, 60_000)
    batch = on_the_way()
    one, other = batch.items.order_by("pk")
    wrong = [answer(one), answer(other, fen=1)]
    refused(422, services.record_results, maker(), results=wrong)
    assert held(merchant.party)["paying"] == 50_000
    said = answer(one)
    refused(422, services.record_results, maker(), results=[replace(said, key="P0000000000")])
    assert services.record_results(maker(), results=[said, said]) == 1, "twice in one file"
    refused(403, services.record_results, merchant.actor, results=[answer(other)])
    batch.refresh_from_db()
    assert batch.status == "sent", "one is still on its way"


def test_what_is_gone_by_the_approval_is_left_out(merchant, provider, agency):
    parties = [payable(one.party, 50_000) for one in (merchant, provider, agency)]
    batch = prepared()
    earn(parties[0], -1)
    parties[1].payout_accounts.update(status="replaced")
    batch = approved(batch)
    assert sorted(sums(batch)) == [("paying", 50_000), ("short", 50_000), ("short", 50_000)]
    assert held(parties[0]) == {"available": 49_999, "paying": 0}
    assert all(item.reason for item in batch.items.filter(status="short"))
    assert Item.objects.visible_to(merchant.actor).count() == 0


def test_readiness_names_the_first_thing_that_is_missing(merchant):
    party = merchant.party
    payable(party, 50_000)

    def now(route=Route.INSTITUTION):
        return selectors.standing_of(party).readiness(route)

    assert now() == Readiness.READY
    party.payout_enrolment.delete()
    assert (now(), now(Route.DIRECT)) == (Readiness.NO_CONSENT, Readiness.READY)
    party.payout_accounts.get().trials.update(status="failed")
    assert now() == Readiness.UNPROVEN
    party.payout_accounts.update(status="replaced")
    assert now() == Readiness.NO_ACCOUNT
    refused(422, services.prepare_batch, maker(), fields=FIELDS)
    (due,) = selectors.due_now(Route.INSTITUTION)
    assert (due.amount, due.readiness) == (50_000, Readiness.NO_ACCOUNT)


def test_database_refuses_what_the_rules_refuse(merchant):
    payable(merchant.party, 50_000)
    batch = prepared()
    item = batch.items.get()
    for change in (
        lambda: Batch.objects.filter(pk=batch.pk).update(
            status="approved", approved_at=batch.prepared_at, approved_by=batch.prepared_by
        ),
        lambda: Item.objects.create(
            batch=prepared_like(batch), party=item.party, account=item.account,
            key=item.key, attempt=2, amount_fen=1,
        ),
        lambda: Item.objects.filter(pk=item.pk).update(status="paid"),
        lambda: Item.objects.filter(pk=item.pk).update(status="rejected"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def prepared_like(batch):
    return Batch.objects.create(
        number="TX-20200101-01",
        route=batch.route,
        template=batch.template,
        purpose="x",
        prepared_at=batch.prepared_at,
    )


def test_nobody_approves_what_pays_their_own_party(merchant):
    from portal.parties.models import Membership

    payable(merchant.party, 50_000)
    second = checker()
    Membership.objects.create(
        user=second.user, party=merchant.party, role="member", created_at=merchant.party.created_at
    )
    refused(403, services.approve_batch, second, batch=prepared())


def test_debt_of_the_platform_is_paid_directly_and_stays_owed_until_it_arrives(creator):
    party = payable(creator.party)
    source = deposit(party, 50_000)
    debt = services.owe(
        maker(), party=party, key="deposit/1", text="保证金退还", amount_fen=50_000, source=source
    )
    again = services.owe(
        maker(), party=party, key="deposit/1", text="保证金退还", amount_fen=50_000, source=source
    )
    assert again == debt
    assert held(party) == {"available": 0, "paying": 50_000}
    batch = sent(approved(prepared(fields=DIRECT)))
    (item,) = batch.items.all()
    answered(batch, "rejected")
    assert held(party)["paying"] == 50_000, "it is still owed"
    second = on_the_way(DIRECT)
    assert second.items.get().key == item.key
    services.record_results(maker(), results=[answer(second.items.get(), "partial", 20_000)])
    assert held(party)["paying"] == 30_000
    third = on_the_way(DIRECT)
    assert sums(third) == [("paying", 30_000)]
    answered(third)
    assert held(party)["paying"] == 0
    assert amounts_of(Kind.DEPOSIT)[party.pk] == 0
    refused(422, services.prepare_batch, maker(), fields=DIRECT)


def deposit(party, fen):
    from portal.core import clock
    from portal.ledger.fields import Leg, Posting
    from portal.ledger.services import Place, open_accounts, post
    from portal.ledger.states import Track
    from tests.factories import SYSTEM

    own, bank = (
        Place(party.pk, Kind.DEPOSIT, Track.SETTLED),
        Place(None, Kind.CUSTODY, Track.SETTLED),
    )
    accounts = open_accounts(SYSTEM, places=[own, bank])
    legs = [Leg(accounts[own], fen), Leg(accounts[bank], -fen)]
    post(SYSTEM, posting=Posting("deposit/in", "test", "1", clock.now(), "paid in", legs))
    return Kind.DEPOSIT


def test_minimum_is_data(merchant):
    payable(merchant.party, 500)
    refused(422, services.prepare_batch, maker(), fields=FIELDS)
    PayoutTerm.objects.create(starts_on="2026-01-01", minimum_fen=500, trial_tries=3, trial_days=7)
    assert sums(prepared()) == [("planned", 500)]
