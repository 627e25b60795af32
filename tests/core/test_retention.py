from datetime import timedelta

import pytest
from django.db import connection

from portal.core import clock, outbox
from portal.core.models import IdempotencyKey, OutboxMessage
from portal.core.tasks import prune

pytestmark = pytest.mark.django_db


def test_prune_keeps_what_is_young_and_what_waits():
    with clock.standing_at(clock.now() - timedelta(days=40)):
        outbox.put("portal.core.tasks.sweep_jobs", key="waits", payload={})
        with outbox.born_delivered():
            outbox.put("portal.core.tasks.sweep_jobs", key="old", payload={})
        IdempotencyKey.objects.create(
            credential="a", key="old", body_hash="", status=200, answer={}, created_at=clock.now()
        )
    with outbox.born_delivered():
        outbox.put("portal.core.tasks.sweep_jobs", key="young", payload={})
    IdempotencyKey.objects.create(
        credential="a", key="young", body_hash="", status=200, answer={}, created_at=clock.now()
    )
    assert prune() == 2
    assert set(OutboxMessage.objects.values_list("key", flat=True)) == {"waits", "young"}
    assert IdempotencyKey.objects.get().key == "young"


def test_many_messages_wake_the_dispatcher_once():
    before = len(connection.run_on_commit)
    for number in range(5):
        outbox.put("portal.core.tasks.sweep_jobs", key=f"m{number}", payload={})
    assert len(connection.run_on_commit) == before + 1
