"""A quarter through its steps: numbers, window, application, result, effect, grace, objection."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Reach
from portal.tiers import selectors, services
from portal.tiers.engine import Quarter
from portal.tiers.fields import Accepted, AppealFields, ApplicationFields
from portal.tiers.models import (
    CountedCreator,
    StarApplication,
    StarReview,
    StarStanding,
    StarStep,
)
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM
from tests.revenue.orders.telling import Order, record
from tests.tiers.making import (
    HELD,
    OPEN,
    QUARTER,
    TOLD,
    applied,
    as_of_now,
    at,
    creators_of,
    frozen,
    held,
    rated,
    review_of,
    risen,
    rules_fields,
    sell,
    small_rules,
    told,
    told_now,
    window,
    window_fields,
)

pytestmark = pytest.mark.django_db
NEXT = QUARTER.next()


def refused(service, *args, **kwargs):
    def counts():
        return (
            StarApplication.objects.count(),
            StarStep.objects.count(),
            AuditEntry.objects.count(),
        )

    before = counts()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert before == counts()
    return caught.value.verdict


def test_numbers_are_counted_from_their_rows_and_frozen(agency, merchant):
    small_rules()
    good, few, unsold, silent = creators_of(agency, 4)
    sell(merchant, [good], 200)
    sell(merchant, [few], 50, days=3)
    rated(agency.party, 71.25)
    window()
    with at(date(2027, 6, 30)):
        assert services.compute_quarter(SYSTEM, QUARTER) > 0
        assert review_of(agency).status == "preview"
    frozen()
    review = review_of(agency)
    assert (review.status, review.creators, review.net_fen) == ("computed", 1, 25_000)
    assert (review.health, review.has_violation) == (7_125, False)
    rows = {row.creator_id: row for row in review.counted.all()}
    assert len(rows) == 4
    assert rows[good.party.pk].is_counted
    assert (rows[few.party.pk].lack, rows[few.party.pk].selling_days) == ("days", 3)
    assert (rows[unsold.party.pk].lack, rows[silent.party.pk].lack) == ("feed", "feed")
    assert sum(row.net_fen for row in rows.values()) == review.net_fen
    with at(date(2027, 7, 25)):  # frozen: nothing is computed again
        assert services.compute_quarter(SYSTEM, QUARTER) == 0
    assert CountedCreator.objects.filter(review=review).count() == 4


def test_orders_count_for_the_agency_of_their_day_and_refunds_lower_them(agency, merchant):
    """Paid before the contract: nobody's. Suspicious ones are shown and not counted."""
    small_rules()
    (creator,) = creators_of(agency, 1)
    with at(date(2026, 12, 3)):
        early = Order(merchant, creator, order="E1", buyer="x")
    with at(date(2027, 5, 3)):
        paid = Order(merchant, creator, order="P1", buyer="p1")
        same = [Order(merchant, creator, order=f"Q{n}", buyer="q") for n in range(6)]
    with at(date(2027, 5, 20)):
        record(early.paid(9_000), early.settled(9_000, hours=24 * 140))
        record(paid.paid(8_000), paid.settled(8_000), paid.refunded(3_000, hours=24 * 10))
        record(*(event for one in same for event in (one.paid(7_000), one.settled(7_000))))
    frozen()
    review = review_of(agency)
    assert review.net_fen == 5_000
    row = review.counted.get()
    assert (row.orders, row.struck, review.struck) == (1, 6, 6)


def test_agency_rises_one_star_through_application_answer_result_and_effect(agency, merchant):
    small_rules()
    risen(agency, merchant, creators=3, yuan=300)
    review = review_of(agency)
    assert (review.reached, review.result, review.movement) == (3, 1, "rise")  # one at a time
    assert (review.status, review.held_from) == ("effective", HELD)
    standing = StarStanding.objects.get(party=agency.party)
    assert (standing.stars, standing.review) == (1, review)
    assert Reach.objects.get(party=agency.party).stars == 1
    steps = [step.status for step in review.steps.order_by("pk")]
    assert steps == ["computed", "announced", "effective"]
    sentences = Notice.objects.filter(user=agency.user, event__startswith="stars.")
    assert {one.event for one in sentences} == {"stars.answered", "stars.announced"}
    assert len(standing.number) == 12


def test_without_an_application_nobody_rises(agency, merchant):
    small_rules()
    sell(merchant, creators_of(agency, 2), 300)
    rated(agency.party)
    window()
    frozen()
    told()
    review = review_of(agency)
    assert (review.reached, review.result, review.movement) == (2, 0, "keep")
    held()
    assert StarStanding.objects.get(party=agency.party).stars == 0


def test_window_and_answers_have_their_rules(agency, merchant, provider):
    small_rules()
    sell(merchant, creators_of(agency, 1), 40)
    rated(agency.party)
    window()
    frozen()
    review = review_of(agency)
    apply = services.apply_for_star
    fields = ApplicationFields()
    with at(date(2027, 7, 16)):
        assert refused(apply, agency.actor, review=review, fields=fields).status == 409
    with at(OPEN):
        assert refused(apply, provider.actor, review=review, fields=fields).status == 403
        claims = ApplicationFields(note="直播间 2 的订单未回传。", more_net_fen=7_000)
        verdict = refused(apply, agency.actor, review=review, fields=claims)
        assert (verdict.status, verdict.flaws[0].field) == (422, "evidence")
    claims = {"note": "直播间 2 的订单未回传。", "more_net_fen": 7_000}
    application = applied(agency, **claims, evidence=[factories.picture()])
    assert (application.stars, application.evidence.count()) == (1, 1)
    operator = staff_person("operator")
    with at(OPEN):
        assert refused(apply, agency.actor, review=review, fields=fields).status == 409
        grant = services.grant_star
        args = {"application": application, "reason": "凭证成立。"}
        assert refused(grant, agency.actor, **args).status == 403
        assert refused(grant, operator.actor, **args).status == 422  # nothing was accepted
        assert refused(grant, operator.actor, **(args | {"reason": " "})).status == 422
        application = grant(operator.actor, **args, accepted=Accepted(net_fen=6_000))
        assert refused(services.refuse_star, operator.actor, **args).status == 409
    review.refresh_from_db()
    assert (review.net_fen, review.more_net_fen) == (4_000, 6_000)
    told()
    assert review_of(agency).movement == "rise"


def test_who_withdraws_may_hand_in_anew(agency, merchant):
    small_rules()
    window()
    frozen()
    application = applied(agency)
    with at(OPEN):
        services.withdraw_star_application(agency.actor, application=application)
        again = services.apply_for_star(
            agency.actor, review=review_of(agency), fields=ApplicationFields(note="再次申请")
        )
    assert (again.pk, again.status) == (application.pk, "submitted")
    told()
    assert review_of(agency).status == "computed"  # its answer is still missing
    with at(TOLD + timedelta(days=1)):
        services.refuse_star(staff_person("operator").actor, application=again, reason="数据不足。")
    assert review_of(agency).status == "announced"


def test_grace_comes_first_then_the_fall_and_numbers_that_come_back_lift_it(agency, merchant):
    small_rules()
    risen(agency, merchant)
    window(NEXT)
    frozen(NEXT)
    told(NEXT)
    poor = review_of(agency, NEXT)
    assert (poor.movement, poor.result, poor.status) == ("grace", 1, "announced")
    held(NEXT)
    standing = StarStanding.objects.get(party=agency.party)
    assert (standing.stars, standing.in_grace_until) == (1, date(2027, 12, 31))
    last = NEXT.next()
    window(last)
    frozen(last)
    told(last)
    held(last)
    fallen, graced = review_of(agency, last), review_of(agency, NEXT)
    assert (fallen.movement, fallen.result, fallen.was_in_grace) == ("fall", 0, True)
    assert graced.status == "effective"
    standing.refresh_from_db()
    assert (standing.stars, standing.in_grace_until) == (0, None)
    assert selectors.benefit_of(agency.party.pk, "fair_seats") == 0


def test_objection_is_decided_by_a_second_person_and_judges_anew(agency, merchant):
    small_rules()
    sell(merchant, creators_of(agency, 1), 40)
    rated(agency.party)
    window()
    frozen()
    first, second = staff_person("operator"), staff_person("evaluation")
    application = applied(agency)
    with at(OPEN):
        services.refuse_star(first.actor, application=application, reason="成交额不足。")
    told()
    held()
    review = review_of(agency)
    assert (review.movement, review.status) == ("keep", "effective")
    with at(TOLD + timedelta(days=5)):
        appeal = services.appeal_review(
            agency.actor, review=review, fields=AppealFields(text="漏计一场直播。")
        )
        decide = services.decide_star_appeal
        args = {"appeal": appeal, "grants": True, "sentence": "补计该场成交。"}
        more = Accepted(net_fen=6_000)
        assert refused(decide, first.actor, **args, accepted=more).status == 403
        assert refused(decide, second.actor, **args).status == 422
        decide(second.actor, **args, accepted=more)
        assert (
            refused(
                services.appeal_review, agency.actor, review=review, fields=AppealFields(text="再")
            ).status
            == 409
        )
    review.refresh_from_db()
    assert (review.result, review.movement) == (1, "rise")
    assert StarStanding.objects.get(party=agency.party).stars == 1
    assert review.steps.order_by("pk").last().reason == "补计该场成交。"
    late = person_of(factories.listed_party("agency", "晚到文化"))
    with at(TOLD + timedelta(days=40)):
        assert (
            refused(services.appeal_review, late.actor, review=review, fields=AppealFields("x"))
        ).status == 403


def test_rules_need_two_people_and_judge_quarters_from_their_day(agency):
    maker, checker = staff_person("finance maker"), staff_person("finance checker")
    with at(date(2027, 3, 1)):
        for flaw in (
            {"starts_on": date(2027, 3, 5)},
            {"starts_on": date(2027, 5, 1)},
            {"source": " "},
            {"rungs": rules_fields().rungs[::-1]},
        ):
            propose = services.propose_star_rules
            verdict = refused(propose, maker.actor, fields=rules_fields(**flaw))
            assert verdict.status == 422, flaw
        fields = rules_fields(starts_on=date(2027, 4, 1))
        assert refused(propose, checker.actor, fields=fields).status == 403
        proposed = propose(maker.actor, fields=fields)
        assert refused(services.approve_star_rules, maker.actor, proposed=proposed).status == 403
        services.approve_star_rules(checker.actor, proposed=proposed)
        assert refused(propose, maker.actor, fields=fields).status == 409
    assert selectors.rules_of(Quarter(2027, 1)).pk != proposed.pk
    assert selectors.rules_of(QUARTER).pk == proposed.pk
    assert selectors.benefits_on(QUARTER.first_day)[5, "fair_seats"] == 15  # stays above


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_on": date(2027, 7, 15)},
        {"closes_on": date(2027, 7, 18)},
        {"announces_on": date(2027, 7, 20)},
        {"effective_on": date(2027, 8, 14)},
        {"quarter": 5},
        {"opens_on": date.max},
        {"announces_on": date.max},
    ],
)
def test_window_of_days_that_make_no_sense_is_refused(changes):
    small_rules()
    with at(date(2027, 7, 1)):
        fields = window_fields(**changes)
        assert refused(services.open_star_window, SYSTEM, fields=fields).status == 422


def test_window_opens_no_earlier_than_today():
    """Else a quarter would be told and held without anybody having been able to apply."""
    small_rules()
    with at(OPEN):
        verdict = refused(services.open_star_window, SYSTEM, fields=window_fields())
    assert [flaw.field for flaw in verdict.flaws] == ["opens_on"]


def test_objection_to_a_grace_is_found_right_after_the_grace_was_lifted(agency):
    review = told_now(
        agency.party, status="lifted", before=1, result=1, reached=0, movement="grace", creators=0
    )
    appeal = services.appeal_review(
        agency.actor, review=review, fields=AppealFields(text="漏计达人。")
    )
    services.decide_star_appeal(
        staff_person("evaluation").actor,
        appeal=appeal,
        grants=True,
        sentence="补计达人。",
        accepted=Accepted(creators=6),
    )
    review.refresh_from_db()
    assert (review.status, review.movement, review.result) == ("effective", "keep", 1)


def test_flaw_of_an_amount_is_called_as_the_api_calls_it(agency):
    review = as_of_now(agency.party)
    fields = ApplicationFields(note="少计", more_net_fen=10**15, evidence=())
    verdict = refused(services.apply_for_star, agency.actor, review=review, fields=fields)
    assert "more_net_fen" in [flaw.field for flaw in verdict.flaws]


@pytest.mark.parametrize("path", ["/tiers/badges/%00/", "/api/v1/star-holders/%00/"])
def test_number_with_a_nul_is_nobodys(path, visitor):
    assert visitor.get(path).status_code == 404


def test_window_changes_until_it_opens_and_stands_once_a_quarter():
    small_rules()
    made = window()
    with at(date(2027, 7, 2)):
        changed = services.update_star_window(
            SYSTEM, window=made, fields=window_fields(closes_on=date(2027, 8, 5))
        )
        assert changed.closes_on == date(2027, 8, 5)
        assert refused(services.open_star_window, SYSTEM, fields=window_fields()).status == 409
    with at(OPEN):
        change = services.update_star_window
        assert refused(change, SYSTEM, window=made, fields=window_fields()).status == 409


def test_all_agencies_take_as_many_statements_as_one(agency, merchant):
    small_rules()

    def statements() -> int:
        with at(date(2027, 6, 20)), CaptureQueriesContext(connection) as queries:
            services.compute_quarter(SYSTEM, QUARTER)
        return len(queries)

    creators_of(agency, 1)
    statements()
    alone = statements()
    for number in range(3):
        creators_of(person_of(factories.listed_party("agency", f"机构{number}")), 2)
    statements()
    assert statements() == alone


def test_night_runs_twice_without_harm(agency, merchant):
    small_rules()
    window()
    for day in (date(2027, 7, 20), TOLD + timedelta(days=1), HELD + timedelta(days=1)):
        for _again in range(2):
            with at(day):
                services.refresh_stars(SYSTEM)
    review = review_of(agency)
    assert review.status == "effective"
    assert [step.status for step in review.steps.order_by("pk")] == [
        "computed",
        "announced",
        "effective",
    ]
    assert StarReview.objects.filter(party=agency.party).count() == 2  # and the running one


def test_database_refuses_two_stars_at_once(agency):
    small_rules()
    frozen()
    review = review_of(agency)
    review.result, review.movement = 2, "rise"
    with pytest.raises(IntegrityError), transaction.atomic():
        review.save()
