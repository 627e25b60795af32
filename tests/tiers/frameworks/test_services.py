"""Frameworks from the proposal to the renewal, and what is refused on the way."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership
from portal.parties.states import Role
from portal.revenue.models import AgreementVersion
from portal.revenue.papers import paper_data
from portal.revenue.selectors import paper_with
from portal.revenue.services import decline_version, expire_versions
from portal.tiers import selectors, services
from portal.tiers.framework_states import FrameworkStatus
from portal.tiers.models import Framework, FrameworkMonth, StarReview, StarStanding
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.tiers.frameworks.making import (
    WAN,
    at,
    framework_fields,
    meeting_now,
    minutes,
    next_month,
    operator_now,
    proposed,
    run_now,
    signed,
    top_agency,
)
from tests.tiers.making import QUARTER, creators_of, frozen, sell, small_rules

pytestmark = pytest.mark.django_db


@contextmanager
def refused(status: int, field: str = ""):
    """Nothing is written."""
    before = AgreementVersion.objects.count(), Framework.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        yield
    verdict = caught.value.verdict
    assert verdict.status == status, verdict
    if field:
        assert field in [flaw.field for flaw in verdict.flaws]
    assert (AgreementVersion.objects.count(), Framework.objects.count()) == before


def test_framework_is_proposed_countered_and_signed_by_both(agency):
    operator = operator_now()
    framework = proposed(operator, agency)
    assert framework.status == "proposed"
    assert Notice.objects.filter(user=agency.user, event="framework.proposed").exists()
    with refused(409):
        services.accept_framework(operator.actor, framework=framework)
    counter = framework_fields(targets=[120 * WAN] * 12, note="按上年实际")
    version = services.counter_framework(agency.actor, framework=framework, fields=counter)
    framework.refresh_from_db()
    assert (framework.status, framework.target_fen) == ("negotiated", 1440 * WAN)
    assert (version.number, version.proposed_by) == (2, "payee")
    assert Notice.objects.filter(user=operator.user, event="framework.countered").exists()
    newest, first = selectors.shown_versions(framework)
    assert first.changes == []
    assert newest.changes[0].new == "¥14,400,000"
    with refused(409):
        services.counter_framework(agency.actor, framework=framework, fields=counter)
    services.accept_framework(operator.actor, framework=framework)
    framework.refresh_from_db()
    version.refresh_from_db()
    assert framework.status == "signed"
    assert version.in_force.lower == framework.starts_on
    assert framework.meetings.count() == 1
    assert [e.verb for e in AuditEntry.objects.filter(object_id=str(framework.pk))][:1]


def test_paper_says_everything_and_is_checked_by_its_hash(agency):
    framework = signed(operator_now(), agency)
    version = selectors.accepted_versions(framework)[0]
    version.agreement = framework.agreement
    said = paper_data(version)
    assert said["legs"] == []
    assert [v for label, v in said["facts"] if v == "¥18,000,000"] == ["¥18,000,000"]
    assert version.clauses in said["document"]
    checked = paper_with(version.sha256)
    assert checked is not None
    assert any("专属客户经理" in value for _label, value in checked.facts)


def test_framework_is_for_the_tier_that_brings_it(agency):
    operator = operator_now()
    party = top_agency(agency, stars=4)
    for who in (operator, agency):
        with refused(422):
            services.propose_framework(who.actor, party=party, fields=framework_fields())
    StarStanding.objects.update(stars=5)
    framework = services.propose_framework(agency.actor, party=party, fields=framework_fields())
    StarStanding.objects.update(stars=4)
    with refused(422):
        services.accept_framework(operator.actor, framework=framework)


def test_framework_of_another_or_by_a_member_is_refused(agency, merchant, stranger):
    operator = operator_now()
    framework = proposed(operator, agency)
    member = factories.user("helper@example.com", "助理")
    Membership.objects.create(
        user=member, party=agency.party, role=Role.MEMBER, created_at=clock.now()
    )
    helper = person_of(agency.party, member, Role.MEMBER)
    other = person_of(factories.listed_party("agency", "远山传媒"))
    for who in (merchant, helper, other, stranger):
        with refused(403):
            services.accept_framework(who.actor, framework=framework)
    for who in (merchant, other):
        assert not Framework.objects.visible_to(who.actor).exists()
    assert Framework.objects.visible_to(operator.actor).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": "today"}, "starts_on"),
        ({"targets": []}, "targets"),
        ({"targets": [0] * 12}, "targets"),
        ({"targets": [-1] * 12}, "targets"),
        ({"targets": [1] * 13}, "targets"),
        ({"bands": [(5, 100)]}, "bands"),
        ({"bands": [(5, 100), (5, 200), (None, 300)]}, "bands"),
        ({"bands": [(None, 10_001)]}, "bands"),
        ({"mode": "guess"}, "mode"),
        ({"meetings": []}, "meetings"),
        ({"creators": -1}, "creators"),
        ({"extras": "长" * 1001}, "extras"),
    ],
)
def test_framework_with_a_flaw_names_the_field(agency, changes, field):
    party = top_agency(agency)
    if changes.get("starts_on"):
        changes = {"starts_on": clock.today().replace(day=1)}
    with refused(422, field):
        services.propose_framework(agency.actor, party=party, fields=framework_fields(**changes))


def test_two_frameworks_never_share_a_month(agency):
    operator = operator_now()
    framework = signed(operator, agency)
    later = framework_fields(starts_on=next_month(5))
    with refused(409):
        services.propose_framework(operator.actor, party=agency.party, fields=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        Framework.objects.filter(pk=framework.pk).update(ends_on=next_month(0))


def test_nobody_answers_in_seven_days_and_it_comes_to_nothing(agency):
    framework = proposed(operator_now(), agency)
    version = selectors.waiting_version(framework)
    assert version is not None
    with refused(409):  # it is negotiated at its own door
        decline_version(agency.actor, version=version)
    with clock.standing_at(clock.now() + timedelta(days=8)):
        assert expire_versions(SYSTEM) == 0
        assert services.expire_frameworks(SYSTEM) == 1
        assert services.expire_frameworks(SYSTEM) == 0
    framework.refresh_from_db()
    assert framework.status == "dropped"


def test_declined_and_taken_back_proposals_make_room(agency):
    operator = operator_now()
    first = proposed(operator, agency)
    with refused(409):
        services.withdraw_framework(agency.actor, framework=first)
    services.decline_framework(agency.actor, framework=first, why="目标过高")
    second = proposed(operator, agency)
    with refused(409):
        services.decline_framework(operator.actor, framework=second)
    services.withdraw_framework(operator.actor, framework=second)
    assert proposed(operator, agency).status == "proposed"


def test_signed_terms_change_from_a_month_to_come_on(agency):
    operator = operator_now()
    framework = signed(operator, agency)
    later = framework_fields(starts_on=next_month(4), targets=[90 * WAN] * 9)
    short = framework_fields(starts_on=next_month(4), targets=[90 * WAN] * 8)
    with refused(422, "targets"):
        services.change_framework(agency.actor, framework=framework, fields=short)
    services.change_framework(agency.actor, framework=framework, fields=later)
    with refused(409):
        services.change_framework(operator.actor, framework=framework, fields=later)
    services.accept_framework(operator.actor, framework=framework)
    framework.refresh_from_db()
    assert framework.target_fen == 3 * 150 * WAN + 9 * 90 * WAN
    course = selectors.course_of(framework)
    assert course is not None
    assert [one.target for one in course.months] == [150 * WAN] * 3 + [90 * WAN] * 9


def test_months_count_as_the_stars_do_and_the_ladder_follows(agency, merchant):
    """Of lines of creators under contract, by the month in which they settled."""
    small_rules(benefits={(1, "framework"): 1})
    top_agency(agency)
    operator = operator_now()
    with at(QUARTER.first_day - timedelta(days=40)):
        framework = services.propose_framework(
            operator.actor,
            party=agency.party,
            fields=framework_fields(
                starts_on=QUARTER.first_day, bands=[(20_000, 100), (None, 500)]
            ),
        )
        services.accept_framework(agency.actor, framework=framework)
    sell(merchant, creators_of(agency, 3), 100)
    frozen()
    with at(QUARTER.last_day + timedelta(days=17)):
        services.begin_frameworks(SYSTEM)
        assert services.count_frameworks(SYSTEM) == 1
        assert services.count_frameworks(SYSTEM) == 1
    framework.refresh_from_db()
    review = StarReview.objects.of(QUARTER).get(party=agency.party)
    assert framework.actual_fen == review.net_fen == 30_000
    assert framework.rebate_fen == 200 + 500
    assert framework.status == FrameworkStatus.RUNNING
    behind = Notice.objects.filter(event="framework.behind")
    assert {n.user_id for n in behind} == {agency.user.pk, operator.user.pk}


def test_meeting_is_recorded_and_its_items_settled_by_who_owes_them(agency):
    operator = operator_now()
    framework = run_now(operator, agency)
    meeting = meeting_now(framework)
    with refused(403):
        services.record_framework_meeting(agency.actor, meeting=meeting, fields=minutes())
    with refused(422, "minutes"):
        services.record_framework_meeting(
            operator.actor, meeting=meeting, fields=minutes(minutes=" ")
        )
    services.record_framework_meeting(operator.actor, meeting=meeting, fields=minutes())
    with refused(409):
        services.record_framework_meeting(operator.actor, meeting=meeting, fields=minutes())
    theirs, ours = meeting.decisions.order_by("side")
    with refused(403):
        services.settle_framework_decision(agency.actor, decision=ours, status="done")
    with refused(422, "outcome"):
        services.settle_framework_decision(operator.actor, decision=ours, status="dropped")
    services.settle_framework_decision(agency.actor, decision=theirs, status="done")
    with refused(409):
        services.settle_framework_decision(agency.actor, decision=theirs, status="done")


def test_framework_is_reviewed_after_its_last_day_and_renewed(agency):
    operator = operator_now()
    framework = run_now(operator, agency, months=12)
    with refused(409):
        services.review_framework(operator.actor, framework=framework, closing="达成")
    fields = selectors.renewal_of(framework)
    assert fields.starts_on == framework.ends_on
    assert fields.targets[0] == 120 * WAN
    renewal = services.propose_framework(
        operator.actor, party=agency.party, fields=fields, before=framework
    )
    with refused(409):
        services.propose_framework(
            operator.actor, party=agency.party, fields=fields, before=framework
        )
    services.accept_framework(agency.actor, framework=renewal)
    with at(framework.ends_on + timedelta(days=3)):
        with refused(422):
            services.review_framework(operator.actor, framework=framework, closing="达成")
        services.record_framework_meeting(
            operator.actor, meeting=meeting_now(framework), fields=minutes(decisions=())
        )
        services.review_framework(operator.actor, framework=framework, closing="达成八成")
        services.begin_frameworks(SYSTEM)
    framework.refresh_from_db()
    renewal.refresh_from_db()
    assert (framework.status, renewal.status) == ("renewed", "running")


def test_ended_framework_holds_until_the_end_of_the_month(agency):
    operator = operator_now()
    framework = run_now(operator, agency)
    with refused(403):
        services.end_framework(agency.actor, framework=framework, closing="停")
    services.end_framework(operator.actor, framework=framework, closing="双方同意终止")
    framework.refresh_from_db()
    assert (framework.status, framework.ends_on) == ("ended", next_month())
    version = framework.agreement.versions.get()
    assert version.in_force.upper == next_month()
    assert FrameworkMonth.objects.exists()


def test_clock_reminds_once_and_closes_what_nobody_renews(agency):
    operator = operator_now()
    framework = run_now(operator, agency)
    meeting = meeting_now(framework)
    type(meeting).objects.filter(pk=meeting.pk).update(planned_on=clock.today() + timedelta(days=5))
    for _again in range(2):
        services.remind_of_frameworks(SYSTEM)
    told = Notice.objects.filter(event="framework.review_due")
    assert told.filter(user=agency.user).count() == 1
    Framework.objects.filter(pk=framework.pk).update(
        status="reviewed", closing="达成", closed_at=clock.now() - timedelta(days=61)
    )
    assert services.live_frameworks(SYSTEM) >= 1
    framework.refresh_from_db()
    assert framework.status == "ended"
