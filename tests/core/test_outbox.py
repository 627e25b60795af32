"""What must follow a commit: kept with the change, delivered after it, once, whatever breaks."""

import time
from datetime import timedelta

import pytest
from celery import current_app, shared_task
from django.core import mail
from django.db import transaction

from portal.core import clock, outbox
from portal.core.models import OutboxMessage
from portal.core.tasks import dispatch_outbox
from portal.notices.services import notify
from portal.parties.models import Party
from tests import factories

PROBE = "tests.core.test_outbox.probe"
delivered: list[int] = []


@shared_task(name=PROBE)
def probe(number: int, fails_until: float = 0, wait: float = 0) -> None:
    """A delivery that can be seen, that can take its time, and that can fail for a while."""
    if clock.now().timestamp() < fails_until:
        raise RuntimeError("not yet")
    time.sleep(wait)
    delivered.append(number)


@pytest.fixture(autouse=True)
def _nothing_delivered():
    delivered.clear()


def put(number: int, **more: float) -> None:
    outbox.put(PROBE, key=f"probe:{number}", payload={"number": number, **more})


@pytest.mark.django_db
def test_message_is_written_with_its_change():
    put(1)
    message = OutboxMessage.objects.get(key="probe:1")
    assert message.delivered_at is None
    assert message.payload == {"number": 1}
    assert delivered == []


@pytest.mark.django_db
def test_message_of_a_change_undone_is_gone():
    with transaction.atomic():
        put(1)
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert outbox.dispatch() == 0


@pytest.mark.django_db
def test_message_put_twice_is_one():
    put(1)
    outbox.put(PROBE, key="probe:1", payload={"number": 2})
    assert OutboxMessage.objects.get().payload == {"number": 1}


@pytest.mark.django_db
def test_dispatch_delivers_what_is_due_in_its_order_and_once():
    for number in (1, 2, 3):
        put(number)
    assert dispatch_outbox() == 3
    assert delivered == [1, 2, 3]
    assert dispatch_outbox() == 0
    assert delivered == [1, 2, 3]
    assert not OutboxMessage.objects.filter(delivered_at=None).exists()


@pytest.mark.django_db
def test_delivery_that_fails_waits_longer_each_time_and_lets_others_pass():
    start = clock.now()
    put(1, fails_until=(start + timedelta(seconds=5)).timestamp())
    put(2)
    assert outbox.dispatch() == 2  # two were handled, one arrived
    assert delivered == [2]
    message = OutboxMessage.objects.get(key="probe:1")
    assert (message.attempts, message.error) == (1, "RuntimeError('not yet')")
    assert message.due_at - clock.now() <= timedelta(seconds=2)
    assert outbox.dispatch() == 0, "not due yet"

    with clock.standing_at(message.due_at + timedelta(seconds=1)):
        outbox.dispatch()
        message.refresh_from_db()
        assert message.attempts == 2
        assert message.due_at - clock.now() == timedelta(seconds=4)
    with clock.standing_at(message.due_at + timedelta(seconds=1)):
        outbox.dispatch()
    message.refresh_from_db()
    assert delivered == [2, 1]
    assert message.delivered_at is not None
    assert message.error == ""


@pytest.mark.django_db
def test_backoff_ends_at_an_hour():
    put(1, fails_until=clock.now().timestamp() + 10**6)
    OutboxMessage.objects.update(attempts=40)
    outbox.dispatch()
    wait = OutboxMessage.objects.get().due_at - clock.now()
    assert timedelta(minutes=59) < wait <= timedelta(hours=1)


@pytest.mark.django_db
def test_delivery_of_a_task_nobody_knows_stays_with_its_error():
    outbox.put("tests.nowhere", key="lost", payload={})
    outbox.dispatch()
    message = OutboxMessage.objects.get()
    assert message.delivered_at is None
    assert "tests.nowhere" in message.error


@pytest.mark.django_db
def test_failed_delivery_undoes_what_it_wrote(merchant):
    name = "tests.core.test_outbox.half"

    @shared_task(name=name)
    def half(pk: int) -> None:
        Party.objects.filter(pk=pk).update(name="half done")
        raise RuntimeError

    outbox.put(name, key="half", payload={"pk": merchant.party.pk})
    outbox.dispatch()
    merchant.party.refresh_from_db()
    assert merchant.party.name == "谷雨粒食品"
    assert OutboxMessage.objects.get(key="half").attempts == 1


@pytest.mark.django_db
def test_history_is_born_delivered():
    with outbox.born_delivered():
        put(1)
    put(2)
    assert OutboxMessage.objects.get(key="probe:1").delivered_at is not None
    outbox.dispatch()
    assert delivered == [2]


@pytest.mark.django_db
def test_wake_comes_with_the_commit_and_not_before(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        put(1)
    assert callbacks == [outbox.wake_dispatcher]
    with django_capture_on_commit_callbacks() as callbacks, outbox.born_delivered():
        put(2)
    assert callbacks == []


@pytest.mark.django_db(transaction=True)
def test_dispatchers_side_by_side_deliver_each_message_once():
    with transaction.atomic():
        for number in range(12):
            put(number, wait=0.02)
    counts = factories.at_once(outbox.dispatch, outbox.dispatch, outbox.dispatch)
    assert sorted(delivered) == list(range(12))
    assert sum(counts) == 12
    assert min(counts) > 0, "they worked side by side"
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}


@pytest.fixture
def _broker_gone(monkeypatch):
    """A broker address where nobody answers."""
    monkeypatch.setitem(current_app.conf, "broker_url", "redis+socket:///nowhere/valkey.sock")
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
    monkeypatch.setattr(current_app, "_pool", None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_broker_gone")
def test_broker_gone_leaves_the_site_working_and_the_message_waiting(merchant):
    assert outbox.send_task("portal.core.tasks.dispatch_outbox") is False
    start = time.monotonic()
    address = f"/parties/{merchant.party.pk}/visibility/"
    assert merchant.browser().post(address).status_code == 302
    with transaction.atomic():
        notify(
            [merchant.user.pk],
            party_id=None,
            event="test",
            key="test",
            sentence="Hello",
            params={},
            url="/",
        )
    assert time.monotonic() - start < 3, "nobody waits for a broker that is gone"
    merchant.party.refresh_from_db()
    assert merchant.party.status == "hidden"
    waiting = OutboxMessage.objects.filter(delivered_at=None, key__startswith="delivery:")
    assert waiting.count() == 2  # the approval's and this one
    mail.outbox.clear()
    assert outbox.dispatch() == 2  # beat comes by
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_broker_gone")
def test_broker_gone_is_named_by_readyz(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "failed"
    assert answer.json()["database"] == "ok"
    assert client.get("/healthz").status_code == 200
