"""Who makes, pauses and ends webhooks; replays and secrets."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from portal.core import clock, vault
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.parties import services as parties
from portal.parties.fields import KeyFields
from portal.webhooks import catalogue, sending, services
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Webhook
from portal.webhooks.states import Pause
from tests.webhooks.making import PUBLIC, make, pending, signature

pytestmark = pytest.mark.django_db


# --- replay, secrets, pauses ----------------------------------------------------------------------


def test_replay_is_the_same_message_once_more(merchant, receiver):
    _hook, delivery = pending(merchant, receiver, status=200)
    with pytest.raises(Refused) as caught:
        services.replay_delivery(merchant.actor, delivery=delivery)
    assert caught.value.verdict.status == 409
    sending.send_due()
    delivery.refresh_from_db()
    services.replay_delivery(merchant.actor, delivery=delivery)
    sending.send_due()
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_old_secret_signs_for_a_day_more(merchant, receiver):
    hook, old = make(merchant, receiver.url)
    hook, new = services.rotate_secret(merchant.actor, webhook=hook)
    services.send_test(merchant.actor, webhook=hook)
    sending.send_due()
    [request] = receiver.requests
    signed = request.headers["webhook-signature"].split(" ")
    assert signed == [signature(new, request), signature(old, request)]
    with pytest.raises(Refused):
        services.rotate_secret(merchant.actor, webhook=hook)
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        services.send_test(merchant.actor, webhook=hook)
        sending.send_due()
    later = receiver.requests[-1]
    assert later.headers["webhook-signature"] == signature(new, later)


def test_secret_stands_nowhere_and_is_shown_once(merchant):
    browser = merchant.browser()
    page = f"/parties/{merchant.party.pk}/webhooks/"
    made = browser.post(page, {"url": f"{PUBLIC}/path-key", "events": ["need.published"]})
    hook, secret = made.context["made"]
    assert secret in made.content.decode()
    assert vault.unseal(hook.secret_sealed) == secret
    assert secret not in browser.get(page).content.decode()
    assert secret not in browser.get(hook.get_absolute_url()).content.decode()
    written = str(list(AuditEntry.objects.values())) + str(list(Webhook.objects.values()))
    assert secret not in written
    assert "path-key" not in str(list(AuditEntry.objects.values()))


def test_what_was_under_way_goes_on_after_a_pause(merchant, receiver):
    hook, _delivery = pending(merchant, receiver, status=200)
    services.pause_webhook(merchant.actor, webhook=hook)
    assert sending.send_due() == 0
    services.resume_webhook(merchant.actor, webhook=hook)
    assert sending.send_due() == 1


def test_ended_webhook_takes_nothing_more(merchant, receiver):
    hook, _delivery = pending(merchant, receiver)
    services.end_webhook(merchant.actor, webhook=hook)
    assert sending.send_due() == 0
    for change in (services.send_test, services.pause_webhook, services.end_webhook):
        with pytest.raises(Refused) as caught, transaction.atomic():
            change(merchant.actor, webhook=hook)
        assert caught.value.verdict.status == 409


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "events"),
    [
        ("http://user@8.8.8.8/", ["need.published"]),
        ("ftp://8.8.8.8/", ["need.published"]),
        (PUBLIC, []),
        (PUBLIC, ["nothing.happened"]),
        (PUBLIC, [catalogue.TEST]),
    ],
)
def test_webhook_that_cannot_be_is_refused(merchant, url, events):
    with pytest.raises(Refused) as caught:
        make(merchant, url, events)
    assert caught.value.verdict.status == 422
    assert not Webhook.objects.exists()


def test_webhooks_are_their_partys_managers(merchant, colleague, provider):
    hook, _secret = make(merchant)
    fields = WebhookFields(PUBLIC, ["need.published"])
    for person in (colleague, provider):
        for change in (
            lambda actor: services.make_webhook(actor, party=merchant.party, fields=fields),
            lambda actor: services.change_webhook(actor, webhook=hook, fields=fields),
            lambda actor: services.rotate_secret(actor, webhook=hook),
            lambda actor: services.send_test(actor, webhook=hook),
            lambda actor: services.end_webhook(actor, webhook=hook),
        ):
            with pytest.raises(Refused) as caught, transaction.atomic():
                change(person.actor)
            assert caught.value.verdict.status == 403
    assert Webhook.objects.get().ended_at is None


def test_key_reads_and_replays_but_gives_no_address(merchant, receiver):
    hook, delivery = pending(merchant, receiver, status=200)
    sending.send_due()
    fields = KeyFields("ERP", ["party:read", "party:write", "trade:read"], 30)
    _key, plain = parties.make_key(merchant.actor, party=merchant.party, fields=fields)
    client = Client(headers={"Authorization": f"Bearer {plain}"})
    rows = client.get("/api/v1/webhook-deliveries/").json()["results"]
    assert rows[0]["attempts"][0]["status"] == 200
    again = client.post(f"/api/v1/webhook-deliveries/{delivery.pk}/replay/")
    assert again.status_code == 201
    body = json.dumps({"url": "https://8.8.4.4/", "events": ["need.published"]})
    path = f"/api/v1/webhooks/{hook.pk}/"
    assert client.put(path, body, content_type="application/json").status_code == 403
    assert client.post(f"{path}end/").status_code == 403


def test_at_most_ten(merchant):
    for _number in range(10):
        make(merchant)
    with pytest.raises(Refused) as caught:
        make(merchant)
    assert caught.value.verdict.status == 409


def test_operator_pauses_a_webhook(merchant, operator):
    hook, _secret = make(merchant)
    data = {"action": "pause", "_selected_action": [str(hook.pk)]}
    operator.browser().post("/admin/webhooks/webhook/", data)
    hook.refresh_from_db()
    assert hook.pause == Pause.HAND
    assert AuditEntry.objects.get(verb="pause_webhook").via == "admin"
