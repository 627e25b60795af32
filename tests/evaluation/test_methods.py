"""Writing, announcing and taking back methods."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from portal.core import clock, jobs
from portal.core.audit import trail
from portal.core.models import Job
from portal.core.verdict import Kind, Refused
from portal.evaluation import coverage, selectors, services
from portal.evaluation.coverage import unmade_of
from portal.evaluation.documents import CODES, complete_method, digest_of
from portal.evaluation.gathering import parse_gathering
from portal.evaluation.models import NOTICE, Method
from portal.evaluation.rules import method_is_sound
from portal.evaluation.starting import starting_method, without
from portal.evaluation.states import MethodStatus
from portal.notices.models import Notice
from tests.conftest import staff_person
from tests.evaluation.makers import (
    announced_method,
    drafted_method,
    method_fields,
    method_in_force,
)
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
LATER = NOTICE + timedelta(hours=1)


@pytest.fixture
def evaluator(db):
    return staff_person("evaluation")


@pytest.mark.parametrize("code", CODES)
def test_methods_that_come_with_us_are_sound_and_their_weights_are_whole(code):
    assert method_is_sound(starting_method(code))
    fields = complete_method(code)
    assert method_is_sound(fields)
    assert sum(one["weight"] for one in fields.document["dimensions"]) == 100
    for dimension in fields.document["dimensions"]:
        assert sum(one["weight"] for one in dimension["indicators"]) == 100


def test_indicator_that_no_part_makes_is_not_announced(evaluator, client, monkeypatch):
    """It may be written and tried; the page of the version in force says what is left out."""
    monkeypatch.delitem(coverage.PRODUCERS, "task_on_time")
    whole = complete_method("provider")
    draft = services.draft_method(evaluator.actor, fields=whole)
    with pytest.raises(Refused) as refused:
        services.announce_method(
            evaluator.actor, method=draft, comes_into_force_at=clock.now() + LATER
        )
    places = {flaw.field for flaw in refused.value.verdict.flaws}
    unmade = unmade_of(parse_gathering(whole.gathering))
    assert len(places) == len(unmade) > 0
    assert all(place.startswith("document.dimensions[") for place in places)
    draft.refresh_from_db()
    assert draft.status == MethodStatus.DRAFT
    method_in_force(version="2026-2")
    page = client.get(reverse("method_list"))
    assert [one["code"] for one in page.context["left_out"]] == unmade


def test_draft_is_seen_by_operators_only(evaluator, provider):
    method = services.draft_method(evaluator.actor, fields=method_fields())
    assert method.status == MethodStatus.DRAFT
    assert Method.objects.visible_to(evaluator.actor).exists()
    assert not Method.objects.visible_to(provider.actor).exists()
    assert [entry.verb for entry in trail(method)] == ["draft_method"]


def test_draft_says_every_fault_at_its_place(evaluator):
    fields = method_fields()
    indicator = fields.document["dimensions"][0]["indicators"][2]
    indicator["lower"], indicator["wieght"] = 60, 1
    fields.document["scale"] = [0, 1000]
    fields.gathering["indicators"]["C1"]["fold"] = "most"
    with pytest.raises(Refused) as refused:
        services.draft_method(evaluator.actor, fields=fields)
    places = {flaw.field for flaw in refused.value.verdict.flaws}
    assert "document.dimensions[0].indicators[2].lower" in places or (
        "document.dimensions[0].indicators[2].upper" in places
    )
    assert "document.dimensions[0].indicators[2].wieght" in places
    assert "gathering.indicators.C1.fold" in places
    assert not Method.objects.exists()


def test_draft_of_a_scale_no_page_can_show_is_refused(evaluator):
    with pytest.raises(Refused) as refused:
        services.draft_method(evaluator.actor, fields=method_fields(scale=[0, 1000]))
    assert [flaw.field for flaw in refused.value.verdict.flaws] == ["document.scale"]


def test_draft_by_somebody_else_is_refused(provider):
    with pytest.raises(Refused) as refused:
        services.draft_method(provider.actor, fields=method_fields())
    assert refused.value.verdict.kind is Kind.FORBIDDEN
    assert not Method.objects.exists()


def test_version_stands_once(evaluator):
    drafted_method()
    with pytest.raises(Refused) as refused:
        services.draft_method(evaluator.actor, fields=method_fields())
    assert refused.value.verdict.kind is Kind.CONFLICT
    assert Method.objects.count() == 1


def test_announcement_freezes_the_words(evaluator):
    method = services.announce_method(
        evaluator.actor, method=drafted_method(), comes_into_force_at=clock.now() + LATER
    )
    assert method.digest == digest_of(method.document, method.gathering)
    with pytest.raises(Refused):
        services.edit_method(evaluator.actor, method=method, fields=method_fields(seed=8))
    method.document["seed"] = 8
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        method.save()
    method.refresh_from_db()
    assert method.document["seed"] == 7


def test_announcement_of_less_than_15_days_is_refused(evaluator):
    method = drafted_method()
    with pytest.raises(Refused) as refused:
        services.announce_method(
            evaluator.actor,
            method=method,
            comes_into_force_at=clock.now() + NOTICE - timedelta(minutes=1),
        )
    assert refused.value.verdict.kind is Kind.UNMET
    method.refresh_from_db()
    assert method.status == MethodStatus.DRAFT
    assert method.announced_at is None


def test_one_version_is_announced_at_a_time(evaluator):
    announced_method()
    with pytest.raises(Refused):
        services.announce_method(
            evaluator.actor,
            method=drafted_method(version="2026-2"),
            comes_into_force_at=clock.now() + LATER,
        )
    assert Method.objects.filter(status=MethodStatus.ANNOUNCED).count() == 1


def test_change_of_a_method_says_in_words_what_changes(evaluator):
    method_in_force()
    method = drafted_method(version="2026-2")
    Method.objects.filter(pk=method.pk).update(change_en="")
    with pytest.raises(Refused) as refused:
        services.announce_method(
            evaluator.actor, method=method, comes_into_force_at=clock.now() + LATER
        )
    assert [flaw.field for flaw in refused.value.verdict.flaws] == ["change_en"]


def test_version_comes_into_force_on_its_day_and_retires_the_one_before():
    old = method_in_force()
    new = announced_method(version="2026-2")
    assert services.bring_methods_into_force(SYSTEM) == 0
    with clock.standing_at(clock.now() + LATER + timedelta(hours=1)):
        assert services.bring_methods_into_force(SYSTEM) == 1
        assert services.bring_methods_into_force(SYSTEM) == 0
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status) == (MethodStatus.RETIRED, MethodStatus.IN_FORCE)
    assert old.retired_at is not None


def test_next_version_weighs_tasks_after_its_notice_and_no_day_earlier(evaluator):
    """What is in force was announced before tasks were made; the next one has them with the weights
    that are published, and the database holds it to its day, too."""
    old = without(method_fields(), "I3")
    with clock.standing_at(clock.now() - NOTICE - timedelta(days=1)):
        held = services.announce_method(
            evaluator.actor,
            method=services.draft_method(evaluator.actor, fields=old),
            comes_into_force_at=clock.now() + LATER,
        )
    services.bring_methods_into_force(SYSTEM)
    draft = drafted_method(version="2026-2")
    [improvement] = [d for d in draft.document["dimensions"] if d["code"] == "improvement"]
    weights = {one["code"]: one["weight"] for one in improvement["indicators"]}
    assert weights == {"I1": 20, "I2": 15, "I3": 25, "I4": 20, "I5": 20}
    too_soon = clock.now() + NOTICE - timedelta(minutes=1)
    with pytest.raises(Refused):
        services.announce_method(evaluator.actor, method=draft, comes_into_force_at=too_soon)
    begins = clock.now() + LATER
    told = services.announce_method(evaluator.actor, method=draft, comes_into_force_at=begins)
    changes = selectors.differences_between(held, told)
    assert any("I3" in one.subject for one in changes), changes
    with pytest.raises(IntegrityError), transaction.atomic():
        Method.objects.filter(pk=told.pk).update(comes_into_force_at=too_soon)
    for moment, version in ((begins - timedelta(minutes=1), "2026-1"), (begins, "2026-2")):
        with clock.standing_at(moment):
            services.bring_methods_into_force(SYSTEM)
            assert Method.objects.in_force("provider").get().version == version


def test_two_in_force_cannot_be_stored():
    method_in_force()
    other = announced_method(version="2026-2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Method.objects.filter(pk=other.pk).update(status=MethodStatus.IN_FORCE)


def test_announcement_is_taken_back_with_a_reason(evaluator, provider):
    method = announced_method()
    with pytest.raises(Refused):
        services.withdraw_method(evaluator.actor, method=method, why=" ")
    method = services.withdraw_method(evaluator.actor, method=method, why="Goalposts wrong.")
    assert method.status == MethodStatus.WITHDRAWN
    assert not Method.objects.visible_to(provider.actor).exists()
    assert trail(method).get(verb="withdraw_method").why == "Goalposts wrong."


def test_method_in_force_is_not_taken_back(evaluator):
    with pytest.raises(Refused) as refused:
        services.withdraw_method(evaluator.actor, method=method_in_force(), why="No.")
    assert refused.value.verdict.kind is Kind.CONFLICT


def test_those_who_are_rated_are_told_once(evaluator, provider, agency):
    method = services.announce_method(
        evaluator.actor, method=drafted_method(), comes_into_force_at=clock.now() + LATER
    )
    job = Job.objects.get(kind="evaluation.tell")
    jobs.run_job(str(job.pk))
    told = Notice.objects.filter(event="method.announced")
    assert [notice.user_id for notice in told] == [provider.user.pk]
    assert told.get().url == method.get_absolute_url()
    job.refresh_from_db()
    assert job.state == "done"


def test_differences_name_what_moved():
    old = method_in_force()
    fields = method_fields(version="2026-2", min_coverage=0.5)
    fields.document["dimensions"][0]["indicators"][0]["weight"] = 20
    del fields.document["dimensions"][4]["indicators"][5]
    del fields.gathering["indicators"]["H6"]
    new = services.draft_method(SYSTEM, fields=fields)
    found = {
        (one.subject, one.key): (one.before, one.after)
        for one in (selectors.differences_between(old, new))
    }
    assert ("0.6", "0.5") in found.values()
    assert ("25", "20") in found.values()
    assert any(subject.startswith("H6") for subject, _key in found)
