"""Two operators at the same moment: one announcement, one publication, one corrected snapshot."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.evaluation import services
from portal.evaluation.models import NOTICE, Method, Snapshot
from portal.evaluation.states import MethodStatus, SnapshotStatus
from tests import factories
from tests.conftest import staff_person
from tests.evaluation.makers import (
    computed,
    drafted_method,
    published_official,
    small_method_in_force,
    started_official,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    return [staff_person(group).actor for group in ("evaluation", "operator")]


def refusals(*calls, behind):
    answers = factories.at_once(*calls, behind=behind)
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_one_of_two_drafts_is_announced(people):
    drafts = [drafted_method(version=version) for version in ("2026-1", "2026-2")]
    begins = clock.now() + NOTICE + timedelta(hours=1)
    (refusal,) = refusals(
        *(
            lambda a=actor, m=draft: services.announce_method(
                a, method=m, comes_into_force_at=begins
            )
            for actor, draft in zip(people, drafts, strict=True)
        ),
        behind=Method.objects.all(),
    )
    assert refusal.verdict.status == 409
    assert Method.objects.filter(status=MethodStatus.ANNOUNCED).count() == 1


def test_snapshot_is_published_once(people):
    snapshot = computed(started_official(small_method_in_force()))
    (refusal,) = refusals(
        *(lambda a=actor: services.publish_snapshot(a, snapshot=snapshot) for actor in people),
        behind=Snapshot.objects.all(),
    )
    assert refusal.verdict.status == 409
    assert Snapshot.objects.get().status == SnapshotStatus.PUBLISHED


def test_one_corrected_snapshot_is_begun(people):
    snapshot = published_official(small_method_in_force())
    (refusal,) = refusals(
        *(
            lambda a=actor: services.replace_snapshot(a, snapshot=snapshot, why="Wrong file.")
            for actor in people
        ),
        behind=Snapshot.objects.all(),
    )
    assert refusal.verdict.status == 409
    assert Snapshot.objects.filter(replaces=snapshot).count() == 1


def test_period_is_started_once(people):
    method = small_method_in_force()
    (refusal,) = refusals(
        *(lambda a=actor: started_official(method, a) for actor in people),
        behind=Method.objects.all(),
    )
    assert refusal.verdict.status == 409
    assert Snapshot.objects.count() == 1
