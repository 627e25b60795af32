"""kill -9 of a real worker in the middle of a thousand rewards: another goes on, and everybody is
rewarded exactly once, by balanced books."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.models import Count, Sum

from portal.core import jobs
from portal.core.models import JobState
from portal.core.verdict import Refused
from portal.ledger.models import Entry, Journal
from portal.ledger.selectors import verification as books_checked
from portal.rewards import selectors, services
from portal.rewards.models import Claim, Pool, PoolEntry
from tests.core.test_worker_killed import row_of, start_worker
from tests.factories import wait_for
from tests.processes import kill
from tests.rewards.making import REWARD, many_handed_in, task_of

__all__ = ["start_worker"]  # the fixture
PEOPLE = 1_000


@pytest.mark.django_db(transaction=True)
def test_a_thousand_rewards_are_granted_once_though_the_worker_is_killed(start_worker, operator):
    task = task_of(quota=PEOPLE, check_by="operator")
    many_handed_in(task, PEOPLE)
    job = services.grant_rewards(operator.actor, task=task)
    with pytest.raises(Refused):
        services.grant_rewards(operator.actor, task=task)  # one at a time

    first = start_worker()
    wait_for(lambda: row_of(job).done >= 200, seconds=120)
    with transaction.atomic():
        # Held here, the next batch stands in the middle of its transaction.
        list(Claim.objects.filter(status="submitted").order_by("pk").select_for_update())
        kill(first)
        half = row_of(job)
        written = Claim.objects.filter(status="rewarded").count()
    assert half.state == JobState.RUNNING
    assert 200 <= half.done == written < PEOPLE, "it was killed in the middle"

    start_worker()
    wait_for(lambda: jobs.sweep_jobs() == 1 or row_of(job).attempts > 1, seconds=120)
    wait_for(lambda: row_of(job).state == JobState.DONE, seconds=120)

    ended = row_of(job)
    assert (ended.attempts, ended.done, ended.total, ended.error) == (2, PEOPLE, PEOPLE, "")
    assert Claim.objects.filter(status="rewarded", standing="granted").count() == PEOPLE
    journals = Journal.objects.filter(cause_type="reward")
    assert journals.count() == journals.values("cause_id").distinct().count() == PEOPLE
    owed = Entry.objects.filter(account__kind="reward").aggregate(sum=Sum("amount"))["sum"]
    pool = Pool.objects.get(pk=task.pool_id)
    assert owed == pool.granted == PEOPLE * REWARD
    assert pool.reserved == 0
    granted = PoolEntry.objects.filter(kind="grant").values("claim").annotate(n=Count("pk"))
    assert (len(granted), {row["n"] for row in granted}) == (PEOPLE, {1})
    checks = (*books_checked(), *selectors.verification())
    assert not [check for check in checks if check.wrong]
