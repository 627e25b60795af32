"""What happens is told to machines: signed, once the change is committed, until it arrives."""

import base64
import hashlib
import hmac
import json
import socket
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from matchmaking.needs import services as needs
from portal.core import clock, outbox, vault
from portal.core.models import AuditEntry, OutboxMessage
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.fields import KeyFields
from portal.webhooks import catalogue, sending, services
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Attempt, Event, Webhook, WebhookDelivery
from portal.webhooks.states import RETRIES, DeliveryState, Pause
from tests import factories
from tests.receiver import receiving

pytestmark = pytest.mark.django_db
SEND, DISPATCH = "portal.webhooks.tasks.send_webhooks", "portal.core.tasks.dispatch_outbox"
EVERYTHING = sorted(catalogue.event_names())
PUBLIC = "https://8.8.8.8/hook"


@pytest.fixture
def receiver(settings):
    settings.ALLOW_LOCAL_ADDRESSES = True
    with receiving() as told:
        yield told


def make(person, url=PUBLIC, events=EVERYTHING):
    return services.make_webhook(
        person.actor, party=person.party, fields=WebhookFields(url, events)
    )


def signature(secret, request):
    """As a receiver reckons it, from the standard and not from our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    at, number = request.headers["webhook-timestamp"], request.headers["webhook-id"]
    digest = hmac.new(key, f"{number}.{at}.".encode() + request.body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


# --- from a change to a receiver ------------------------------------------------------------------


def test_each_side_hears_of_what_happened_signed(merchant, provider, rival, receiver):
    _hook, secret = make(merchant, f"{receiver.url}/merchant")
    make(provider, f"{receiver.url}/provider")
    make(rival, f"{receiver.url}/rival")
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    assert sending.send_due() == 3
    heard = {}
    for request in receiver.requests:
        heard.setdefault(request.path, []).append(json.loads(request.body)["type"])
    assert sorted(heard["/merchant"]) == ["need.published", "proposal.submitted"]
    assert heard["/provider"] == ["proposal.submitted"]
    assert "/rival" not in heard
    told = next(one for one in receiver.requests if b"proposal.submitted" in one.body)
    said = json.loads(told.body)
    assert said["data"]["proposal"] == proposal.pk
    assert said["timestamp"].endswith("+08:00")
    mine = next(one for one in receiver.requests if one.path == "/merchant")
    assert mine.headers["webhook-signature"] == signature(secret, mine)
    assert not WebhookDelivery.objects.pending().exists()


def test_what_was_undone_is_not_told(merchant):
    make(merchant)
    with transaction.atomic():
        factories.open_need(merchant.actor)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_only_what_was_subscribed_is_told(merchant, provider):
    make(merchant, events=["proposal.submitted"])
    need = factories.open_need(merchant.actor)
    assert not Event.objects.exists()
    factories.submitted_proposal(provider.actor, need)
    assert Event.objects.get().type == "proposal.submitted"
    assert OutboxMessage.objects.filter(task="portal.webhooks.tasks.wake").count() == 1


def test_questions_and_messages_are_told_to_who_may_read_them(merchant, provider, rival):
    for person in (merchant, provider, rival):
        make(person)
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(rival.actor, need)
    Event.objects.all().delete()
    question = needs.ask_question(provider.actor, need=need, text="主播需要驻场吗？")
    needs.answer_question(merchant.actor, question=question, text="不需要。")
    needs.send_message(merchant.actor, proposal=proposal, text="下周能开始吗？")
    told = {}
    for event in Event.objects.all():
        told.setdefault(event.type, {})[event.party_id] = event.data
    everybody = {person.party.pk for person in (merchant, provider, rival)}
    assert set(told["question.asked"]) == {merchant.party.pk}
    assert set(told["question.answered"]) == everybody
    own = {pk for pk, data in told["question.answered"].items() if data["is_own"]}
    assert own == {provider.party.pk}
    assert set(told["message.sent"]) == {merchant.party.pk, rival.party.pk}
    assert "text" not in told["message.sent"][rival.party.pk]


def test_history_is_not_told(merchant):
    make(merchant)
    with outbox.born_delivered():
        factories.open_need(merchant.actor)
    assert not Event.objects.exists()


def test_draft_of_a_bidder_is_nobodys_business(merchant, provider):
    make(merchant)
    need = factories.open_need(merchant.actor)
    Event.objects.all().delete()
    needs.draft_proposal(provider.actor, need=need, fields=factories.proposal_fields())
    assert not Event.objects.exists()


# --- retries --------------------------------------------------------------------------------------


def pending(merchant, receiver, status=500):
    hook, _secret = make(merchant, receiver.url)
    receiver.status, receiver.body = status, "出错了".encode()
    return hook, services.send_test(merchant.actor, webhook=hook)


def test_failure_is_tried_again_later_each_time_and_the_log_keeps_it(merchant, receiver):
    hook, delivery = pending(merchant, receiver)
    now = clock.now()
    for number, wait in enumerate(RETRIES[:3], start=1):
        with clock.standing_at(now):
            assert sending.send_due() == 1
            assert sending.send_due() == 0, "not due yet"
        delivery.refresh_from_db()
        assert (delivery.tries, delivery.state) == (number, DeliveryState.PENDING)
        assert delivery.next_at == now + wait
        now = delivery.next_at
    receiver.status = 204
    with clock.standing_at(now):
        sending.send_due()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.next_at) == (DeliveryState.DELIVERED, None)
    log = Attempt.objects.order_by("number")
    assert [one.status for one in log] == [500, 500, 500, 204]
    assert log[0].answer == "出错了"
    ids = {request.headers["webhook-id"] for request in receiver.requests}
    assert len(ids) == 1, "a receiver knows a repeat by it"
    assert len({request.body for request in receiver.requests}) == 1
    hook.refresh_from_db()
    assert hook.failing_since is None


def test_receiver_that_fails_for_days_is_paused_and_its_people_are_told(merchant, receiver):
    hook, delivery = pending(merchant, receiver)
    Notice.objects.all().delete()
    now = clock.now()
    for _try in range(len(RETRIES) + 1):
        with clock.standing_at(now):
            sending.send_due()
        delivery.refresh_from_db()
        now = delivery.next_at or now
    hook.refresh_from_db()
    assert (delivery.state, hook.pause) == (DeliveryState.FAILED, Pause.FAILING)
    assert Notice.objects.get().event == "webhook.paused"
    factories.open_need(merchant.actor)
    assert not WebhookDelivery.objects.pending().exists(), "while it is paused nothing gathers"
    services.resume_webhook(merchant.actor, webhook=hook)
    factories.open_need(merchant.actor)
    assert WebhookDelivery.objects.pending().count() == 1


def test_receiver_that_is_gone_is_paused_at_once(merchant, receiver):
    hook, delivery = pending(merchant, receiver, status=410)
    sending.send_due()
    hook.refresh_from_db()
    delivery.refresh_from_db()
    assert (hook.pause, delivery.state) == (Pause.GONE, DeliveryState.FAILED)


def test_redirect_is_a_failure_and_not_followed(merchant, receiver):
    with receiving() as other:
        _hook, delivery = pending(merchant, receiver, status=302)
        receiver.headers = {"Location": other.url}
        sending.send_due()
        assert other.requests == []
    assert delivery.attempts.get().status == 302


def test_name_that_began_to_lead_inside_is_not_called(merchant, settings):
    """It was public when it was written down; what counts is where it leads now."""
    hook, _secret = make(merchant)
    Webhook.objects.filter(pk=hook.pk).update(url="http://169.254.169.254/latest/meta-data/")
    delivery = services.send_test(merchant.actor, webhook=hook)
    sending.send_due()
    attempt = delivery.attempts.get()
    assert attempt.status is None
    assert attempt.problem


def test_dead_worker_loses_nothing(merchant, receiver):
    _hook, delivery = pending(merchant, receiver, status=200)
    assert services.claim_delivery() is not None  # and then nothing more is heard of it
    assert sending.send_due() == 0
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        assert sending.send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == (DeliveryState.DELIVERED, 2)


def test_late_answer_to_an_old_claim_changes_nothing_but_the_log(merchant, receiver):
    _hook, delivery = pending(merchant, receiver, status=200)
    old = services.claim_delivery()
    with clock.standing_at(clock.now() + timedelta(seconds=61)):
        sending.send_due()
        services.end_try(old, answer=None, problem="no answer in time")
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert delivery.attempts.count() == 2


def test_party_with_many_receivers_is_sent_two_at_a_time(merchant, provider):
    hooks = [make(merchant)[0] for _number in range(4)]
    other, _secret = make(provider)
    for hook in hooks:
        services.send_test(merchant.actor, webhook=hook)
    services.send_test(provider.actor, webhook=other)
    claimed = [services.claim_delivery() for _number in range(4)]
    parties = [one.webhook.party_id for one in claimed if one is not None]
    assert parties == [merchant.party.pk, merchant.party.pk, provider.party.pk]


def test_slow_receiver_holds_up_no_other(merchant, provider, receiver):
    with receiving() as slow:
        slow.wait = 3
        mine, _secret = make(merchant, slow.url)
        theirs, _secret = make(provider, receiver.url)
        late = services.send_test(merchant.actor, webhook=mine)
        quick = services.send_test(provider.actor, webhook=theirs)
        assert sending.send_due(wait_seconds=0.5) == 2
    quick.refresh_from_db()
    assert quick.state == DeliveryState.DELIVERED
    assert late.attempts.get().problem == "no answer in time"


def test_sending_has_a_lane_of_its_own():
    router = current_app.amqp.router
    lanes = {name: router.route({}, name)["queue"].name for name in (SEND, DISPATCH)}
    assert lanes == {SEND: "webhooks", DISPATCH: "celery"}


def test_lookup_that_hangs_ends_in_time_too(merchant, monkeypatch):
    def hang(*_args, **_options):
        time.sleep(2)
        raise OSError("tests")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    hook, _secret = make(merchant, "https://slow-name.example/hook")
    delivery = services.send_test(merchant.actor, webhook=hook)
    assert sending.send_due(wait_seconds=0.3) == 1
    assert delivery.attempts.get().problem == "no answer in time"


@pytest.mark.django_db(transaction=True)
def test_one_run_at_a_time(merchant):
    make(merchant)
    with sending._lane() as is_free:
        assert is_free
        [other] = factories.at_once(sending.send_due)
        assert other == 0


def test_bidder_that_was_not_invited_does_not_learn_who_asks(merchant, provider, rival):
    make(merchant)
    make(provider)
    make(rival)
    need = factories.open_need(merchant.actor)
    needs.invite_provider(merchant.actor, need=need, provider=rival.party)
    factories.submitted_proposal(provider.actor, need)
    factories.submitted_proposal(rival.actor, need)
    sent = Event.objects.filter(type="proposal.submitted")
    told = {(one.party_id, one.data["provider"]): one.data["merchant"] for one in sent}
    shop, bidder, invited = (one.party.pk for one in (merchant, provider, rival))
    assert told == {
        (shop, bidder): shop,
        (bidder, bidder): None,
        (shop, invited): shop,
        (invited, invited): shop,
    }


def test_draft_given_up_is_told_to_its_bidder_only(merchant, provider):
    make(merchant)
    make(provider)
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields()
    draft = needs.draft_proposal(provider.actor, need=need, fields=fields)
    needs.withdraw_proposal(provider.actor, proposal=draft, reason="capacity")
    sent = Event.objects.filter(type="proposal.withdrawn")
    assert [one.party_id for one in sent] == [provider.party.pk]


def test_log_needs_the_rights_of_what_it_holds(merchant):
    fields = KeyFields("x", ["party:read", "party:write"], 30)
    _key, plain = parties.make_key(merchant.actor, party=merchant.party, fields=fields)
    client = Client(headers={"Authorization": f"Bearer {plain}"})
    refused = client.get("/api/v1/webhook-deliveries/")
    assert (refused.status_code, "trade:read" in refused.json()["detail"]) == (403, True)


def test_slow_receiver_gets_one_request_at_a_time(merchant, provider, receiver):
    hook, _secret = make(merchant, receiver.url)
    other, _other_secret = make(provider, receiver.url)
    for _number in range(2):
        services.send_test(merchant.actor, webhook=hook)
    services.send_test(provider.actor, webhook=other)
    first, second = services.claim_delivery(), services.claim_delivery()
    assert {first.webhook_id, second.webhook_id} == {hook.pk, other.pk}
    assert services.claim_delivery() is None


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


# --- the catalogue and the database ---------------------------------------------------------------


def test_catalogue_is_the_same_on_page_and_api(client):
    rows = client.get("/api/v1/webhook-events/").json()
    assert [row["name"] for row in rows] == EVERYTHING
    page = client.get("/webhooks/events/").content.decode()
    assert all(name in page for name in EVERYTHING)


def test_delivery_is_either_under_way_or_over(merchant):
    hook, _secret = make(merchant)
    delivery = services.send_test(merchant.actor, webhook=hook)
    for wrong in ({"next_at": None}, {"state": "delivered"}):
        with pytest.raises(IntegrityError, match="goes_on"), transaction.atomic():
            WebhookDelivery.objects.filter(pk=delivery.pk).update(**wrong)


def test_pages_show_the_log_and_htmx_narrows_it(merchant, receiver):
    hook, delivery = pending(merchant, receiver)
    sending.send_due()
    browser = merchant.browser()
    assert "webhook.test" in browser.get(hook.get_absolute_url()).content.decode()
    whole = browser.get(delivery.get_absolute_url()).content.decode()
    part = browser.get(
        delivery.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "delivery"}
    ).content.decode()
    assert "HTTP 500" in whole
    assert part.strip() in whole
    assert "<html" not in part


def test_lists_ask_as_often_for_one_row_as_for_three(merchant, django_assert_num_queries):
    hook, _secret = make(merchant)
    services.send_test(merchant.actor, webhook=hook)
    browser = merchant.browser()
    browser.get(hook.get_absolute_url())
    with django_assert_num_queries(9, exact=False) as first:
        browser.get(hook.get_absolute_url())
    for _number in range(2):
        services.send_test(merchant.actor, webhook=hook)
    with django_assert_num_queries(len(first)):
        browser.get(hook.get_absolute_url())


def test_old_events_are_forgotten_with_their_log(merchant, receiver):
    _hook, _delivery = pending(merchant, receiver)
    sending.send_due()
    assert services.prune_events() == 0
    with clock.standing_at(clock.now() + timedelta(days=31)):
        assert services.prune_events() == 1
    assert not Attempt.objects.exists()


def test_schema_names_the_webhooks(tmp_path):
    call_command(
        "spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml")
    )
    assert "/api/v1/webhook-deliveries/{id}/replay/" in (tmp_path / "schema.yaml").read_text()
