"""What the demo and the reference data say gives no hit: the list does not fall on honest words."""

from __future__ import annotations

import pytest

from matchmaking.needs.models import Need, Proposal
from portal.core import jobs
from portal.core.actor import system_actor
from portal.core.models import Job
from portal.moderation.models import Case
from portal.moderation.states import CaseKind
from portal.moderation.words import find_words
from portal.pages.demo import KIND
from portal.parties.models import Party

pytestmark = pytest.mark.django_db


def test_the_demo_world_says_nothing_that_is_listed(settings):
    jobs.start_job(system_actor("command"), kind=KIND, args={"scale": 0.01})
    job = Job.objects.get(kind=KIND)
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.error
    texts = [
        *Party.objects.values_list("name", "intro"),
        *Need.objects.values_list("title", "brief"),
        *Proposal.objects.values_list("plan", "team"),
    ]
    settings.MODERATION_SECONDS = 3600  # one list for all of them
    hits = {hit.entry.text: text for row in texts for text in row for hit in find_words(text)}
    assert len(texts) > 200
    assert hits == {}
    assert not Case.objects.filter(kind=CaseKind.TEXT).exists()  # some pictures wait on purpose
