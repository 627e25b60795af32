"""Listings follow what is edited and what passes."""

import pytest
from django.http import QueryDict

from portal.core import jobs
from portal.core.models import Job, JobState
from portal.core.reference import save_reference
from portal.directory.results import Results
from portal.parties.listing import publish_listing
from portal.parties.models import Category, City, CityYear, Listing, Region
from portal.parties.refreshing import KIND, refresh_directory_later
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


def found(query):
    return Results("provider", QueryDict(query)).counts.total


def refresh():
    for job in Job.objects.filter(kind=KIND, state=JobState.QUEUED):
        jobs.run_job(str(job.pk))
        job.refresh_from_db()
        assert job.state == JobState.DONE


@pytest.fixture
def city(provider):
    publish_listing(provider.party)
    return provider.party.city


def test_city_moved_to_another_region_is_found_there(city):
    assert (found("region=east"), found("region=south")) == (1, 0)
    city.region_id = "south"
    save_reference(SYSTEM, row=city, changed=["region"])
    refresh()
    assert (found("region=east"), found("region=south")) == (0, 1)


def test_tier_of_this_year_counts_once_it_is_edited(city):
    row = CityYear.objects.filter(city=city).latest("year")
    row.tier = "first"
    save_reference(SYSTEM, row=row, changed=["tier"])
    refresh()
    assert found("tier=first") == 1


def test_new_name_is_searched_at_once(provider, django_capture_on_commit_callbacks):
    publish_listing(provider.party)
    category = Category.objects.get(pk=provider.party.category_shares.first().category_id)
    region = Region.objects.get(code=City.objects.get(pk=provider.party.city_id).region_id)
    for row in (category, region):
        row.name_zh = f"新名{row.pk}"
        with django_capture_on_commit_callbacks(execute=True):
            save_reference(SYSTEM, row=row, changed=["name_zh"])
        assert found(f"q={row.name_zh}") == 1


def test_edits_wait_in_one_job_and_one_that_runs_is_followed_by_another(city):
    assert refresh_directory_later(SYSTEM)
    assert refresh_directory_later(SYSTEM) is None
    Job.objects.filter(kind=KIND).update(state=JobState.RUNNING)
    assert refresh_directory_later(SYSTEM)


def test_job_goes_on_behind_its_last_portion(city):
    job = refresh_directory_later(SYSTEM)
    job.checkpoint = {"after": Listing.objects.latest("pk").pk, "done": 1}
    job.save()
    Listing.objects.update(facets=[])
    refresh()
    assert Listing.objects.get().facets == []
