"""Snapshots: computed whole, published by another, replaced when data was wrong."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.core import clock, jobs
from portal.core.actor import Actor
from portal.core.audit import trail
from portal.core.models import Job, JobState
from portal.core.verdict import Kind, Refused
from portal.evaluation import running, selectors, services
from portal.evaluation.calendar import last_quarter_end
from portal.evaluation.computing import (
    compute,
    indicators_in,
    method_of,
    register_gates,
    stored_ratings,
)
from portal.evaluation.computing import gates as gates_module
from portal.evaluation.engine import evaluate
from portal.evaluation.fields import AppealFields, Correction
from portal.evaluation.models import Fact, Method, Rating, Snapshot
from portal.evaluation.states import AppealOutcome, SnapshotKind, SnapshotStatus
from portal.notices.models import Notice
from portal.parties.models import Standing
from tests.conftest import person_of, staff_person
from tests.evaluation.makers import (
    computed,
    providers_with_facts,
    published_official,
    quarter,
    small_fields,
    small_method_in_force,
    started_official,
)
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluator(db):
    return staff_person("evaluation")


@pytest.fixture
def other(db):
    return staff_person("operator")


@pytest.fixture
def method(db) -> Method:
    return small_method_in_force()


@pytest.fixture
def providers(db):
    return providers_with_facts()


def run(snapshot: Snapshot) -> Job:
    job = Job.objects.get(kind="evaluation.snapshot", key=str(snapshot.pk))
    jobs.run_job(str(job.pk))
    job.refresh_from_db()
    return job


def test_job_computes_all_ratings_by_the_engine(method, providers, evaluator):
    snapshot = started_official(method, evaluator.actor)
    job = run(snapshot)
    snapshot.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert snapshot.status == SnapshotStatus.READY
    assert job.done == job.total
    ratings = list(Rating.objects.filter(snapshot=snapshot).order_by("rank"))
    assert [rating.party_id for rating in ratings] == [party.pk for party in providers]
    assert all(rating.is_home and rating.segment == "live-room/S" for rating in ratings)
    assert {rating.segment_rated for rating in ratings} == {9}
    assert ratings[0].rank_best == 1
    assert ratings[0].dimensions.get(dimension="health").median is not None
    assert ratings[0].values.get(indicator="C3").percentile == 100
    assert ratings[-1].values.get(indicator="C3").percentile == 0
    for digest in (snapshot.facts_digest, snapshot.values_digest, snapshot.scores_digest):
        assert len(digest) == 64
    assert snapshot.facts_count == 9 * 4 * 5  # four measures of indicators, and one of size


def test_few_are_compared_in_the_parent_and_shown_no_median(method, evaluator):
    providers_with_facts(3)
    snapshot = computed(started_official(method))
    rating = Rating.objects.filter(snapshot=snapshot).first()
    assert (rating.own_segment, rating.segment, rating.segment_rated) == ("live-room/S", "all", 3)
    assert rating.dimensions.first().median is None
    assert rating.values.first().percentile is None


def test_official_is_published_by_another_operator(method, providers, evaluator, other):
    snapshot = computed(started_official(method, evaluator.actor))
    with pytest.raises(Refused) as refused:
        services.publish_snapshot(evaluator.actor, snapshot=snapshot)
    assert refused.value.verdict.kind is Kind.FORBIDDEN
    assert not Standing.objects.exists()
    services.publish_snapshot(other.actor, snapshot=snapshot)
    snapshot.refresh_from_db()
    assert snapshot.status == SnapshotStatus.PUBLISHED
    best = Rating.objects.get(snapshot=snapshot, rank=1)
    assert Standing.objects.get(party=best.party_id).score == round(best.score * 100)
    assert Standing.objects.count() == 9


def test_what_is_published_cannot_be_changed(method, providers):
    snapshot = published_official(method)
    for change in (
        lambda: Snapshot.objects.filter(pk=snapshot.pk).update(scores_digest="0" * 64),
        lambda: Rating.objects.filter(snapshot=snapshot).update(score=99),
        lambda: Snapshot.objects.filter(pk=snapshot.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_those_who_may_not_neither_start_nor_publish(method, provider):
    period, ends_on = quarter()
    with pytest.raises(Refused) as refused:
        services.start_snapshot(
            provider.actor,
            method=method,
            kind=SnapshotKind.OFFICIAL,
            period=period,
            ends_on=ends_on,
        )
    assert refused.value.verdict.kind is Kind.FORBIDDEN
    assert not Snapshot.objects.exists()


def test_one_snapshot_a_period(method, evaluator):
    started_official(method)
    with pytest.raises(Refused) as refused:
        started_official(method)
    assert refused.value.verdict.kind is Kind.CONFLICT
    assert Snapshot.objects.count() == 1


def test_preview_is_published_as_it_is_computed(method, providers):
    _period, ends_on = quarter()
    snapshot = services.start_snapshot(
        SYSTEM,
        method=method,
        kind=SnapshotKind.PREVIEW,
        period=f"{ends_on:%Y-%m}",
        ends_on=ends_on,
    )
    run(snapshot)
    snapshot.refresh_from_db()
    assert snapshot.status == SnapshotStatus.PUBLISHED
    assert not Standing.objects.exists()  # directories order by official ones only
    jobs.run_job(str(Job.objects.get(kind="evaluation.tell_rated").pk))
    assert Notice.objects.filter(event="rating.preview").count() == 9
    owner = providers[0].membership_set.get().user
    own = Actor(user=owner, party=providers[0], role="owner", via="web")
    seen = Rating.objects.visible_to(own)
    assert [rating.party_id for rating in seen] == [providers[0].pk]


def test_corrected_data_makes_the_next_revision(method, providers, evaluator, other):
    snapshot = published_official(method)
    fact = Fact.objects.get(
        party=providers[-1], measure="satisfaction", counterpart__name="商家0号"
    )
    with clock.standing_at(clock.now() - timedelta(minutes=20)):
        services.correct_fact(SYSTEM, fact=fact, value=5.0, why="Typed wrong.")
    again = services.replace_snapshot(
        evaluator.actor, snapshot=snapshot, why="A review typed wrong."
    )
    assert (again.revision, again.replaces_id) == (2, snapshot.pk)
    again = computed(again)
    snapshot.refresh_from_db()
    assert snapshot.status == SnapshotStatus.PUBLISHED  # in force until the other is published
    assert selectors.latest_official("provider") == snapshot
    services.publish_snapshot(other.actor, snapshot=again)
    snapshot.refresh_from_db()
    assert snapshot.status == SnapshotStatus.REPLACED
    assert selectors.latest_official("provider") == again
    before, after = (
        Rating.objects.get(snapshot=one, party=providers[-1]).score for one in (snapshot, again)
    )
    assert after > before


def test_killed_in_the_middle_leaves_the_last_official_in_force(
    method, providers, evaluator, other, monkeypatch
):
    """Between the ratings and the digests: the transaction takes all of it back, the job is sent
    again and ends the work by the same facts."""
    first = published_official(method)
    again = services.replace_snapshot(evaluator.actor, snapshot=first, why="Again.")

    def fall(*args, **kwargs):
        raise KeyboardInterrupt  # as a kill: nobody catches it

    with monkeypatch.context() as patch:
        patch.setattr("portal.evaluation.services.snapshots._change_status", fall)
        with pytest.raises(KeyboardInterrupt):
            run(again)
    again.refresh_from_db()
    assert again.status == SnapshotStatus.COMPUTING
    assert not Rating.objects.filter(snapshot=again).exists()
    assert selectors.latest_official("provider") == first
    job = Job.objects.get(key=str(again.pk), kind="evaluation.snapshot")
    assert job.state == JobState.RUNNING
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert run(again).state == JobState.DONE
    again.refresh_from_db()
    assert again.status == SnapshotStatus.READY
    assert again.scores_digest == first.scores_digest  # nothing was corrected in between


def test_failure_is_said_and_tried_again(method, providers, evaluator, monkeypatch):
    snapshot = started_official(method, evaluator.actor)
    with monkeypatch.context() as patch:
        patch.setattr(running, "compute", lambda *args: 1 / 0)
        assert run(snapshot).state == JobState.FAILED
    snapshot.refresh_from_db()
    assert snapshot.status == SnapshotStatus.FAILED
    services.retry_snapshot(evaluator.actor, snapshot=snapshot)
    assert run(snapshot).state == JobState.DONE
    snapshot.refresh_from_db()
    assert snapshot.status == SnapshotStatus.READY


def test_gates_of_other_parts_cap_scores(method, providers, monkeypatch):
    monkeypatch.setattr(gates_module, "_sources", [])
    register_gates(lambda ends_on: {providers[0].pk: ["severe"]})
    snapshot = computed(started_official(method))
    rating = Rating.objects.get(snapshot=snapshot, party=providers[0])
    assert rating.gates == ["severe"]
    assert rating.score <= 40
    assert rating.dimensions.get(dimension="health").score <= 20


def test_trial_of_a_draft_makes_the_impact_table(method, providers, evaluator):
    published_official(method)
    fields = small_fields("2026-2")
    fields.document["dimensions"][0]["weight"] = 60
    draft = services.draft_method(evaluator.actor, fields=fields)
    soon = clock.now() + timedelta(days=16)
    with pytest.raises(Refused) as refused:
        services.announce_method(evaluator.actor, method=draft, comes_into_force_at=soon)
    assert refused.value.verdict.kind is Kind.UNMET
    trial = services.try_method(evaluator.actor, method=draft, ends_on=quarter()[1])
    for one in Snapshot.objects.filter(kind=SnapshotKind.TRIAL):
        computed(one)
    draft = services.announce_method(evaluator.actor, method=draft, comes_into_force_at=soon)
    assert draft.impact["all"]["rated"] == 9
    assert draft.impact["segments"][0]["segment"] == "live-room/S"
    assert sum(bar["count"] for bar in draft.impact["histogram"]) == 9
    with pytest.raises(Refused):
        services.publish_snapshot(evaluator.actor, snapshot=trial)


def test_other_words_of_a_draft_take_its_trials_away(method, providers, evaluator):
    draft = services.draft_method(evaluator.actor, fields=small_fields("2026-2"))
    services.try_method(evaluator.actor, method=draft, ends_on=quarter()[1])
    trial = Snapshot.objects.get(method=draft)
    services.edit_method(evaluator.actor, method=draft, fields=small_fields("2026-2", seed=9))
    assert not Snapshot.objects.filter(method=draft).exists()
    jobs.run_job(str(trial.job_id))  # finds nothing, and leaves
    assert not Snapshot.objects.filter(method=draft).exists()


def test_both_versions_stand_side_by_side_for_a_cycle(method, providers, evaluator, other):
    draft = services.draft_method(evaluator.actor, fields=small_fields("2026-2", seed=9))
    services.announce_method(
        evaluator.actor, method=draft, comes_into_force_at=clock.now() + timedelta(days=16)
    )
    official = computed(started_official(method, evaluator.actor))
    beside = Snapshot.objects.get(kind=SnapshotKind.BESIDE)
    assert beside.method == draft
    with pytest.raises(Refused):
        services.publish_snapshot(other.actor, snapshot=official)
    computed(beside)
    services.publish_snapshot(other.actor, snapshot=official)
    beside.refresh_from_db()
    assert beside.status == SnapshotStatus.PUBLISHED
    best = Rating.objects.get(snapshot=official, rank=1)
    assert Standing.objects.get(party=best.party_id).score == round(best.score * 100)


def test_beat_starts_what_is_due_once(method):
    assert services.start_due_snapshots(SYSTEM) == 1
    assert services.start_due_snapshots(SYSTEM) == 0
    assert Snapshot.objects.get().kind == SnapshotKind.PREVIEW


def test_beat_starts_the_official_after_the_contests_are_answered(method):
    ends_on = last_quarter_end(clock.today())
    noon = datetime.combine(ends_on, time(12), tzinfo=clock.SHANGHAI)
    with clock.standing_at(noon + timedelta(days=4)):
        preview = services.start_snapshot(
            SYSTEM,
            method=method,
            kind=SnapshotKind.PREVIEW,
            period=f"{ends_on:%Y-%m}",
            ends_on=ends_on,
        )
        computed(preview)
    officials = Snapshot.objects.filter(kind=SnapshotKind.OFFICIAL)
    with clock.standing_at(noon + timedelta(days=24)):  # 17 working days have not passed
        services.start_due_snapshots(SYSTEM)
        assert not officials.exists()
    with clock.standing_at(noon + timedelta(days=60)):
        services.start_due_snapshots(SYSTEM)
    assert officials.get().ends_on == ends_on


def test_preview_is_made_again_once_for_the_data_appeals_corrected(
    method, providers, evaluator, other
):
    ends_on = clock.today().replace(day=1) - timedelta(days=1)
    with clock.standing_at(clock.now() - timedelta(minutes=30)):
        preview = computed(
            services.start_snapshot(
                SYSTEM,
                method=method,
                kind=SnapshotKind.PREVIEW,
                period=f"{ends_on:%Y-%m}",
                ends_on=ends_on,
            )
        )
    assert services.start_due_snapshots(SYSTEM) == 0
    rating = preview.ratings.get(party=providers[-1])
    owner = person_of(providers[-1]).actor
    fact = Fact.objects.filter(party=providers[-1], measure="satisfaction").first()
    with clock.standing_at(clock.now() - timedelta(minutes=20)):
        appeal = services.file_rating_appeal(
            owner, rating=rating, indicator="H1", fields=AppealFields("评价有误", [])
        )
        services.examine_rating_appeal(
            other.actor, appeal=appeal, finding="确有误。", proposed=AppealOutcome.DATA
        )
        services.decide_rating_appeal(
            evaluator.actor,
            appeal=appeal,
            outcome=AppealOutcome.DATA,
            sentence="更正。",
            correction=Correction(fact.pk, 4.9),
        )
    assert services.start_due_snapshots(SYSTEM) == 1
    assert services.start_due_snapshots(SYSTEM) == 0, "one is being made already"
    again = computed(Snapshot.objects.get(replaces=preview))
    assert again.status == SnapshotStatus.PUBLISHED
    assert again.first_published_at == preview.published_at
    assert services.start_due_snapshots(SYSTEM) == 0, "the correction is in it"
    was, now = (one.values.get(indicator="H1").value for one in (rating, _of(again, rating)))
    assert now > was


def _of(snapshot: Snapshot, rating: Rating) -> Rating:
    return snapshot.ratings.get(party=rating.party, service=rating.service)


def test_worked_example_leads_to_the_published_score(method, providers):
    published_official(method)
    example = selectors.example_of(method)
    assert example.agrees
    assert len(example.dimensions) == 2
    chosen = selectors.example_of(method, str(providers[0].pk))
    assert chosen.rating.party_id == providers[0].pk
    assert chosen.agrees


def test_stored_ratings_are_what_was_computed(method, providers):
    snapshot = computed(started_official(method))
    assert stored_ratings(snapshot) == compute(snapshot).ratings


def test_files_of_a_segment_give_the_same_scores(method, providers):
    snapshot = published_official(method)
    scores = evaluate(method_of(snapshot), indicators_in(snapshot, "live-room/S"))
    for at, key in enumerate(scores.parties):
        rating = Rating.objects.get(snapshot=snapshot, party=int(key.split(":")[0]))
        assert round(float(scores.score[at, -1]), 6) == rating.score
        assert round(float(scores.low[at, -1]), 6) == rating.low


def test_history_of_a_snapshot_is_written_down(method, providers, evaluator, other):
    snapshot = computed(started_official(method, evaluator.actor))
    services.publish_snapshot(other.actor, snapshot=snapshot)
    verbs = [entry.verb for entry in trail(snapshot)]
    assert verbs == ["start_snapshot", "compute_snapshot", "publish_snapshot"]
