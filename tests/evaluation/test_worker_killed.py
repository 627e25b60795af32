"""kill -9 of a real worker while it writes a snapshot: the last official one stays in force, and
another worker ends the work with the same scores."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from portal.core import jobs
from portal.core.models import Job, JobState
from portal.evaluation import selectors, services
from portal.evaluation.models import DimensionScore, IndicatorValue, Rating
from portal.evaluation.states import SnapshotStatus
from tests.core.test_worker_killed import row_of, start_worker
from tests.evaluation.makers import (
    providers_with_facts,
    published_official,
    small_method_in_force,
)
from tests.factories import SYSTEM, wait_for
from tests.processes import kill

__all__ = ["start_worker"]  # the fixture


@pytest.mark.django_db(transaction=True)
def test_killed_while_writing_leaves_the_last_official_in_force(start_worker):
    method = small_method_in_force()
    providers_with_facts()
    first = published_official(method)
    with transaction.atomic():
        again = services.replace_snapshot(SYSTEM, snapshot=first, why="Again.")
    job = Job.objects.get(key=str(again.pk), kind="evaluation.snapshot")

    with transaction.atomic(), connection.cursor() as cursor:
        # Scores are written before values: the worker stands in the middle of its transaction.
        cursor.execute("LOCK TABLE evaluation_indicatorvalue IN SHARE MODE")
        worker = start_worker()
        wait_for(is_waiting_for_values, seconds=60)
        kill(worker)
    assert row_of(job).state == JobState.RUNNING
    wait_for(lambda: not others_at_work(), seconds=10)
    again.refresh_from_db()
    assert again.status == SnapshotStatus.COMPUTING
    assert not Rating.objects.filter(snapshot=again).exists()
    assert not DimensionScore.objects.filter(rating__snapshot=again).exists()
    assert selectors.latest_official("provider") == first
    first.refresh_from_db()
    assert first.status == SnapshotStatus.PUBLISHED

    start_worker()
    wait_for(lambda: jobs.sweep_jobs() == 1, seconds=10)
    wait_for(lambda: row_of(job).state == JobState.DONE, seconds=60)
    again.refresh_from_db()
    assert again.status == SnapshotStatus.READY
    assert (again.scores_digest, again.values_digest) == (first.scores_digest, first.values_digest)
    assert Rating.objects.filter(snapshot=again).count() == first.ratings.count()
    assert IndicatorValue.objects.filter(rating__snapshot=again).exists()
    assert row_of(job).attempts == 2
    assert selectors.latest_official("provider") == first, "until somebody publishes the new one"


def is_waiting_for_values() -> bool:
    return _exists(
        "SELECT FROM pg_locks WHERE NOT granted"
        " AND relation = 'evaluation_indicatorvalue'::regclass"
    )


def others_at_work() -> bool:
    return _exists(
        "SELECT FROM pg_stat_activity WHERE datname = current_database()"
        " AND usename = current_user AND pid <> pg_backend_pid() AND state <> 'idle'"
    )


def _exists(query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS ({query})")
        return bool(cursor.fetchone()[0])
