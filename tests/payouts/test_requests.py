"""A party asks for what is available; a batch takes it, and gives back what it leaves out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import PayoutAccount
from portal.payouts import selectors, services
from portal.payouts.boxes import payout_todos
from portal.payouts.fields import BatchFields
from portal.payouts.models import Batch, PayoutRequest
from portal.payouts.states import RequestStatus
from portal.search.said import Said
from portal.search.selectors import hits_of_kind
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Event
from portal.webhooks.services import make_webhook
from tests.payouts.making import (
    DIRECT,
    FIELDS,
    MINIMUM,
    answer,
    approved,
    checker,
    earn,
    maker,
    on_the_way,
    payable,
    prepared,
    sent,
)

pytestmark = pytest.mark.django_db
ASKED = BatchFields(FIELDS.template, FIELDS.purpose, only_requested=True)


def refused(status, service, *args, **kwargs):
    before = sorted(PayoutRequest.objects.values_list("status", flat=True))
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert sorted(PayoutRequest.objects.values_list("status", flat=True)) == before
    return str(caught.value.verdict.reason)


def ask(person):
    return services.request_payout(person.actor, party=person.party)


def test_request_enters_the_next_batch_and_is_answered(merchant, provider, creator, client):
    finance = maker()
    payable(merchant.party, 50_000)
    payable(provider.party, 70_000)
    [todo] = payout_todos(merchant.actor)
    assert todo.url == reverse("payout_list")
    asked = ask(merchant)
    assert (asked.status, asked.amount_fen) == (RequestStatus.WAITING, 50_000)
    assert list(payout_todos(merchant.actor)) == []
    assert Notice.objects.filter(user=finance.user, event="payout_request.made").count() == 1
    refused(409, ask, merchant)
    refused(403, services.request_payout, creator.actor, party=merchant.party)
    assert PayoutRequest.objects.visible_to(provider.actor).count() == 0

    client.force_login(finance.user)
    shown = client.get(reverse("batch_create"), {"asked": "1"})
    assert shown.context["form"]["only_requested"].value() is True
    assert [asked_at for _party, _due, asked_at in shown.context["groups"][0].rows] == [
        asked.asked_at,
        None,
    ]
    batch = prepared(finance, ASKED)
    assert [item.party_id for item in batch.items.all()] == [merchant.party.pk], "only who asked"
    asked.refresh_from_db()
    assert (asked.status, asked.batch) == (RequestStatus.TAKEN, batch)
    refused(409, services.withdraw_request, merchant.actor, request=asked)

    services.cancel_batch(finance, batch=batch, reason="改日再付")
    asked.refresh_from_db()
    assert (asked.status, asked.batch) == (RequestStatus.WAITING, None), "it waits again"
    approved(prepared(finance))  # everybody
    asked.refresh_from_db()
    assert (asked.status, asked.ended_at is None) == (RequestStatus.ON_WAY, False)
    verbs = AuditEntry.objects.filter(object_id=str(asked.pk)).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == [
        *("request_payout", "take_payout_request", "give_back_payout_request"),
        *("take_payout_request", "answer_payout_request"),
    ]
    assert Notice.objects.filter(user=merchant.user, event="payout_request.on_way").count() == 1
    client.force_login(finance.user)
    assert merchant.party.name in client.get(reverse("request_register")).content.decode()


def test_nothing_is_asked_for_that_cannot_be_paid(merchant, provider, creator, agency):
    refused(422, ask, merchant)  # nothing is available
    payable(provider.party, MINIMUM - 1)
    assert "100" in refused(422, ask, provider)
    earn(creator.party, 90_000)
    refused(422, ask, creator)  # no account
    payable(agency.party, 90_000)
    PayoutAccount.objects.filter(party=agency.party).update(
        held_until=PayoutAccount.objects.get(party=agency.party).held_until + timedelta(days=30)
    )
    refused(422, ask, agency)
    with pytest.raises(Refused) as caught:
        prepared(maker(), BatchFields(DIRECT.template, "退还", only_requested=True))
    assert [flaw.field for flaw in caught.value.verdict.flaws] == ["only_requested"]
    assert not Batch.objects.exists()


def test_what_a_batch_leaves_out_waits_again_and_can_be_taken_back(merchant):
    payable(merchant.party, 50_000)
    asked = ask(merchant)
    batch = prepared()
    PayoutAccount.objects.filter(party=merchant.party).update(status="replaced")
    batch = approved(batch)
    assert batch.items.get().status == "short"
    asked.refresh_from_db()
    assert asked.status == RequestStatus.WAITING
    services.withdraw_request(merchant.actor, request=asked)
    asked.refresh_from_db()
    assert asked.status == RequestStatus.WITHDRAWN
    refused(409, services.withdraw_request, merchant.actor, request=asked)


def test_machines_hear_of_payouts_and_the_search_finds_them(merchant, provider):
    for person in (merchant, provider):
        payable(person.party, 50_000)
        names = [f"payout.{name}" for name in ("requested", "on_way", "sent", "paid", "rejected")]
        fields = WebhookFields("https://8.8.8.8/hook", names)
        make_webhook(person.actor, party=person.party, fields=fields)
    ask(merchant)
    batch = on_the_way()
    first, second = batch.items.order_by("party")
    services.record_results(maker(), results=[answer(first), answer(second, "rejected")])

    def told(person):
        rows = Event.objects.filter(party=person.party).order_by("at", "pk")
        return sorted(row.type for row in rows)

    assert told(merchant) == ["payout.on_way", "payout.paid", "payout.requested", "payout.sent"]
    assert told(provider) == ["payout.rejected", "payout.sent"]
    data = Event.objects.get(party=provider.party, type="payout.sent").data
    assert [one["payout"] for one in data["payouts"]] == [second.pk], "its own alone"
    trail = AuditEntry.objects.filter(object_type="payouts.item", object_id=str(second.pk))
    assert [(one.verb, one.why) for one in trail] == [("return_transfer", "收款账号户名不符")]

    def titles(actor, query, kind):
        found = hits_of_kind(actor, Said.of(query), kind, "")
        return found and [hit.title for hit in found.hits.rows]

    for query in (batch.number, first.key, f"PB{first.pk}"):
        assert titles(merchant.actor, query, "payout") == [batch.number]
        assert titles(checker(), query, "payout") is None
    assert titles(provider.actor, first.key, "payout") == []
    assert titles(checker(), first.key, "payout_batch") == [batch.number]
    assert titles(merchant.actor, batch.number, "payout_batch") is None


def test_party_asks_on_its_page_and_over_the_api(merchant, client):
    payable(merchant.party, 50_000)
    client.force_login(merchant.user)
    page = client.get(reverse("payout_list")).content.decode()
    assert f'action="{reverse("payout_request")}"' in page
    assert client.post(reverse("payout_request")).status_code == 302
    asked = PayoutRequest.objects.get()
    back = reverse("payout_request_withdrawal", args=[asked.pk])
    page = client.get(reverse("payout_list"))
    assert back in page.content.decode()
    assert all(one.title for one in page.context["asked"]), "the frame's own word"
    client.post(back)
    api = merchant.browser()
    made = api.post("/api/v1/payout-requests/")
    assert (made.status_code, made.json()["payout_request_status"]) == (201, "waiting")
    assert api.post("/api/v1/payout-requests/").status_code == 409
    [row, _old] = api.get("/api/v1/payout-requests/").json()["results"]
    assert row == made.json()
    sent(approved(prepared()))
    late = api.post(f"/api/v1/payout-requests/{row['id']}/withdrawal/")
    assert late.status_code == 409
    assert selectors.requests_waiting() is None
