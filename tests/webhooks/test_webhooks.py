"""What happens is told to machines: signed, once the change is committed."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from matchmaking.needs import services as needs
from portal.core import clock, outbox
from portal.core.models import OutboxMessage
from portal.webhooks import sending, services
from portal.webhooks.models import Attempt, Event, WebhookDelivery
from tests import factories
from tests.webhooks.making import EVERYTHING, make, pending, signature

pytestmark = pytest.mark.django_db


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
