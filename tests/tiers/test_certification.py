"""The mark through its steps: draft, checks, documents, score, two verdicts, places, objection."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from portal.core import clock
from portal.core.audit import trail
from portal.core.models import StoredFile
from portal.core.verdict import Refused
from portal.evaluation.engine import hash_inputs
from portal.notices.models import Notice
from portal.parties.models import Reach
from portal.tiers import rules, scoring, selectors, services
from portal.tiers.certification_fields import (
    CheckFields,
    MethodFields,
    ObjectionFields,
    ReviewFields,
)
from portal.tiers.certification_states import PaperKind, PapersAnswer
from portal.tiers.models import (
    CertificationAppeal,
    CertificationApplication,
    CertificationCreator,
    CertificationMark,
    CertificationMethod,
    CertificationReview,
    CertificationRound,
)
from portal.tiers.reference import starting_document
from tests.factories import SYSTEM
from tests.tiers.certifying import (
    PASS,
    REFUSE,
    again,
    checked,
    close,
    drafted,
    judges,
    open_round,
    paper_fields,
    published,
    reviewed,
    rival_agency,
    round_fields,
    scored,
    staff,
    submitted,
    worthy,
)

pytestmark = pytest.mark.django_db
MODELS = (
    CertificationRound,
    CertificationApplication,
    CertificationReview,
    CertificationMark,
    CertificationAppeal,
    CertificationCreator,
    Notice,
)


def refused(status: int, service, *args, **kwargs):
    """With this status, and nothing is written."""
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before
    return caught.value.verdict


def test_draft_is_gone_on_with_and_says_what_is_lacking(agency):
    round_ = open_round()
    draft = services.start_certification(agency.actor, round_=round_)
    refused(409, services.start_certification, agency.actor, round_=round_)
    verdict = refused(422, services.submit_certification, agency.actor, application=draft)
    assert [flaw.field for flaw in verdict.flaws] == ["strengths"]
    lacking = {one.code for one in rules.checks_of(draft) if not one.is_met}
    assert lacking == {"stars", "rated", "paper:licence", "paper:pledge"}
    worthy(agency.party)
    services.withdraw_certification(agency.actor, application=draft)
    whole = drafted(agency, round_)
    assert whole.pk == draft.pk  # its words were still there
    assert not [one for one in rules.checks_of(again(whole)) if not one.is_met]
    done = services.submit_certification(agency.actor, application=whole)
    assert done.status == "submitted"
    assert done.due_on > clock.today()
    paper = done.papers.first()
    refused(409, services.remove_certification_paper, agency.actor, paper=paper)


def test_papers_are_checked_asked_for_and_kept_for_those_who_look_after_it(agency, stranger):
    worthy(agency.party)
    round_ = open_round()
    draft = drafted(agency, round_)
    old = paper_fields(PaperKind.LICENCE, expires_on=clock.today() - timedelta(days=1))
    verdict = refused(
        422, services.add_certification_paper, agency.actor, application=draft, fields=old
    )
    assert [flaw.field for flaw in verdict.flaws] == ["expires_on"]
    application = services.submit_certification(agency.actor, application=draft)
    operator = staff("operator")
    ask = CheckFields(PapersAnswer.ASK, "执照看不清。")
    bare = CheckFields(PapersAnswer.ASK)
    check = services.check_certification
    refused(422, check, operator.actor, application=application, fields=bare)
    refused(403, check, agency.actor, application=application, fields=ask)
    application = check(operator.actor, application=application, fields=ask)
    assert application.status == "need_info"
    assert Notice.objects.filter(event="certification.asked").exists()
    added = services.add_certification_paper(
        agency.actor, application=application, fields=paper_fields(PaperKind.LICENCE)
    )
    file = added.file
    services.remove_certification_paper(agency.actor, paper=added)
    assert StoredFile.objects.get(pk=file.pk).deleted_at is not None
    assert services.submit_certification(agency.actor, application=application).status == (
        "submitted"
    )
    held = application.papers.first().file
    address = f"/files/{held.pk}/"
    assert agency.browser().get(address).status_code == 200
    assert operator.browser().get(address).status_code == 200
    assert stranger.browser().get(address).status_code in (403, 404)


def test_score_is_made_of_its_parts_and_made_again_the_same(agency):
    worthy(agency.party, net=10**12)
    application = scored(agency, open_round())
    assert application.status == "scored"
    assert application.rank == 1
    parts = scoring.parts_of(application)
    assert [round(part.most) for part in parts] == [50, 20, 20, 10]
    assert sum(part.points for part in parts) == pytest.approx(application.score, abs=1e-6)
    assert parts[0].points > parts[1].points == 0  # nothing settled for the creator itself
    assert application.inputs_hash == hash_inputs(application.indicators)
    assert scoring.is_as_kept(application)
    application.net_fen += 100
    assert not scoring.is_as_kept(application)
    [row] = CertificationCreator.objects.filter(application=application)
    assert row.net_fen == 10**12
    assert not row.is_newcomer
    assert services.score_certification_round(SYSTEM, round_=application.round) == 0


def test_two_reviewers_know_nothing_of_each_other(agency):
    worthy(agency.party)
    application = scored(agency, open_round())
    first, second, third = judges()
    refuse, passes = ReviewFields(REFUSE, "孵化案例不足。"), ReviewFields(PASS, "数据扎实。")
    review = services.review_certification
    review(first.actor, application=application, fields=refuse)
    refused(409, review, first.actor, application=application, fields=passes)
    assert not rules.can_see_verdicts(second.actor, again(application))
    assert rules.can_see_verdicts(first.actor, again(application))
    page = second.browser().get(application.get_absolute_url())
    assert "孵化案例不足" not in page.text
    told = [entry.after for entry in trail(application)]
    assert not any("verdict" in said or "refuse" in said.values() for said in told)
    review(second.actor, application=application, fields=passes)
    assert again(application).status == "reviewing"  # they differ
    assert rules.can_see_verdicts(third.actor, again(application))
    review(third.actor, application=application, fields=refuse)
    decided = again(application)
    assert (decided.status, decided.reason) == ("refused", "孵化案例不足。\n孵化案例不足。")
    assert Notice.objects.filter(event="certification.refused").exists()


def test_database_takes_no_third_verdict_where_two_agree(agency):
    worthy(agency.party)
    application = scored(agency, open_round())
    for place, person in enumerate(judges(2), start=1):
        row = {"reviewer": person.user, "verdict": "pass", "reason": "好", "at": clock.now()}
        CertificationReview.objects.create(application=application, place=place, **row)
    third = judges(1)[0].user
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationReview.objects.create(
            application=application, place=3, **(row | {"reviewer": third})
        )


def test_places_go_out_by_score_and_a_lapsed_one_to_the_next(agency):
    worthy(agency.party, net=10**11)
    second = rival_agency("远山传媒", 5 * 10**10)
    third = rival_agency("长河传媒", 10**10)
    round_ = open_round(places=1)
    made = [checked(submitted(one, round_)) for one in (third, agency, second)]
    round_ = close(round_)
    assert services.score_certification_round(SYSTEM, round_=round_) == 3
    refused(409, services.publish_certification_round, SYSTEM, round_=round_)
    for application in made:
        reviewed(again(application), PASS, PASS)
    assert published(round_) == 1
    refused(409, services.publish_certification_round, SYSTEM, round_=round_)
    held = {one.party: one for one in CertificationApplication.objects.all()}
    assert [held[p.party].status for p in (agency, second, third)] == [
        "granted",
        "waiting",
        "waiting",
    ]
    assert [held[p.party].rank for p in (agency, second, third)] == [1, 2, 3]
    assert Reach.objects.get(party=agency.party).mark_year == round_.year
    mark = CertificationMark.objects.get()
    refused(403, services.give_up_mark, second.actor, mark=mark)
    operator = staff("operator")
    refused(422, services.take_back_mark, operator.actor, mark=mark, reason=" ")
    services.take_back_mark(operator.actor, mark=mark, reason="数据造假。")
    assert Reach.objects.get(party=agency.party).mark_year is None
    assert [again(held[p.party]).status for p in (agency, second, third)] == [
        "lapsed",
        "granted",
        "waiting",
    ]
    assert CertificationRound.objects.get().granted == 1
    services.give_up_mark(second.actor, mark=CertificationMark.objects.running().get())
    assert CertificationMark.objects.running().get().party == third.party
    with clock.standing_at(clock.now() + timedelta(days=500)):
        assert services.expire_marks(SYSTEM) == 1
        assert services.expire_marks(SYSTEM) == 0
    assert again(held[third.party]).status == "expired"


def test_equal_scores_share_their_place_and_the_tie_is_stated(agency):
    worthy(agency.party)
    other = rival_agency("远山传媒", 10**12)
    round_ = open_round()
    for one in (agency, other):
        checked(submitted(one, round_))
    services.score_certification_round(SYSTEM, round_=close(round_))
    rows = CertificationApplication.objects.by_place()
    assert [(row.rank, row.is_tied) for row in rows] == [(1, True), (1, True)]
    assert rows[0].party == agency.party  # handed in first


def test_refusal_is_objected_to_and_decided_by_who_took_no_part(agency):
    worthy(agency.party)
    application = scored(agency, open_round())
    application = reviewed(application, REFUSE, REFUSE)
    fields = ObjectionFields("孵化名单见附件。")
    appeal = services.object_to_refusal(agency.actor, application=application, fields=fields)
    refused(409, services.object_to_refusal, agency.actor, application=application, fields=fields)
    took_part = application.reviews.get(place=1).reviewer
    decide = services.decide_objection
    actor = staff().actor
    reviewer = replace(actor, user=took_part)
    refused(403, decide, reviewer, appeal=appeal, grants=True, sentence="属实。")
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationAppeal.objects.filter(pk=appeal.pk).update(
            status="granted", decider=took_part, sentence="x", decided_at=clock.now()
        )
    refused(422, decide, actor, appeal=appeal, grants=True, sentence="")
    decide(actor, appeal=appeal, grants=True, sentence="名单属实。")
    assert again(application).status == "passed"
    assert published(application.round) == 1
    assert again(application).status == "granted"
    assert not again(application).reason


def test_objection_that_is_right_after_publication_takes_a_place_or_waits(agency):
    worthy(agency.party)
    other = rival_agency("远山传媒", 10**11)
    round_ = open_round(places=1)
    made = [checked(submitted(one, round_)) for one in (agency, other)]
    services.score_certification_round(SYSTEM, round_=close(round_))
    reviewed(again(made[0]), REFUSE, REFUSE)
    reviewed(again(made[1]), PASS, PASS)
    published(again(made[0]).round)
    appeal = services.object_to_refusal(
        agency.actor, application=again(made[0]), fields=ObjectionFields("有误。")
    )
    actor = staff().actor
    services.decide_objection(actor, appeal=appeal, grants=True, sentence="有理。")
    assert again(made[0]).status == "waiting"
    services.give_up_mark(other.actor, mark=CertificationMark.objects.get())
    assert again(made[0]).status == "granted"


def test_refused_for_its_documents_goes_on_to_be_scored_where_it_was_right(agency):
    worthy(agency.party)
    application = submitted(agency, open_round())
    operator = staff("operator")
    no = CheckFields(PapersAnswer.REFUSE, "承诺书无签章。")
    services.check_certification(operator.actor, application=application, fields=no)
    states = [step["state"] for step in selectors.certification_steps(again(application))]
    assert states == ["done", "done", "", "", "done"]  # neither scored nor reviewed
    appeal = services.object_to_refusal(
        agency.actor, application=again(application), fields=ObjectionFields("背面有章。")
    )
    decide = services.decide_objection
    refused(403, decide, operator.actor, appeal=appeal, grants=True, sentence="有章。")
    actor = staff().actor
    decide(actor, appeal=appeal, grants=True, sentence="有章。")
    assert again(application).status == "checked"


def test_next_year_is_filled_in_from_the_last(agency):
    worthy(agency.party)
    first = submitted(agency, open_round())
    close(first.round)
    year = clock.today().year + 1
    draft = services.start_certification(agency.actor, round_=open_round(year=year))
    assert draft.renews == first
    assert draft.strengths == again(first).strengths
    assert [paper.kind for paper in draft.papers.all()] == ["licence"]  # the pledge is signed anew
    [paper] = draft.papers.all()
    services.remove_certification_paper(agency.actor, paper=paper)
    assert StoredFile.objects.get(pk=paper.file_id).deleted_at is None  # last year's holds it


def test_round_and_method_take_two_people_and_sound_values(operator):
    document = starting_document() | {"version": "2027-1"}
    propose = services.propose_certification_method
    maker, checker = staff(), staff()
    method = propose(maker.actor, fields=MethodFields(document, "测试"))
    refused(422, propose, maker.actor, fields=MethodFields(document | {"draws": 9}, "测试"))
    refused(409, propose, maker.actor, fields=MethodFields(document, "测试"))
    approve = services.approve_certification_method
    refused(403, approve, maker.actor, method=method)
    fields = round_fields(method=method.pk)
    verdict = refused(422, services.open_certification_round, operator.actor, fields=fields)
    assert [flaw.field for flaw in verdict.flaws] == ["method"]
    approve(checker.actor, method=method)
    for change in ({"places": 101}, {"closes_on": clock.today()}, {"year": 1}):
        bad = round_fields(method=method.pk, **change)
        refused(422, services.open_certification_round, operator.actor, fields=bad)
    ahead = {"opens_on": clock.today() + timedelta(days=1)}
    coming = round_fields(method=method.pk, **ahead)
    round_ = services.open_certification_round(operator.actor, fields=coming)
    refused(409, services.open_certification_round, operator.actor, fields=coming)
    fewer = round_fields(method=method.pk, places=50, **ahead)
    update = services.update_certification_round
    assert update(operator.actor, round_=round_, fields=fewer).places == 50
    CertificationRound.objects.update(opens_on=clock.today())
    refused(409, update, operator.actor, round_=round_, fields=fewer)
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("UPDATE tiers_certificationround SET places = 101")
    assert CertificationMethod.objects.approved().count() == 2
