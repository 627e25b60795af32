"""Rounds: their window, their conditions, and who applies, talks and answers."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.help.models import Ticket
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.models import Category, ServiceType
from portal.recruitment import rules, selectors, services
from portal.recruitment.models import Application, Round
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM
from tests.recruitment.conftest import applied, published, round_fields

pytestmark = pytest.mark.django_db


def refused(service, *args, **kwargs):
    def counts():
        return (Application.objects.count(), Ticket.objects.count(), AuditEntry.objects.count())

    before = counts()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert before == counts()
    return caught.value.verdict


def test_provider_applies_and_is_looked_after(open_round, provider, operator):
    application = applied(provider, open_round)
    ticket = application.ticket
    assert (application.supporter, ticket.assignee) == (operator.user, operator.user)
    assert (ticket.party, ticket.asker) == (provider.party, provider.user)
    assert Notice.objects.filter(user=operator.user, event="recruitment.received").count() == 1
    application = services.talk_to_applicant(operator.actor, application=application)
    application = services.accept_application(
        operator.actor, application=application, reason="经验符合。"
    )
    assert (application.status, application.decided_by) == ("accepted", operator.user)
    told = Notice.objects.filter(user=provider.user, event="recruitment.answered")
    assert told.count() == 2
    assert (
        refused(
            services.refuse_application, operator.actor, application=application, reason="晚了"
        ).status
        == 409
    )


def test_unverified_provider_applies_and_is_accepted_once_verified(open_round, operator):
    draft = person_of(factories.draft_party("provider", "新芽电商"))
    application = applied(draft, open_round)
    accept = services.accept_application
    args = {"application": application, "reason": "好"}
    assert refused(accept, operator.actor, **args).status == 409
    parties.submit_party(draft.actor, party=draft.party)
    parties.approve_party(SYSTEM, party=draft.party)
    assert accept(operator.actor, **args).status == "accepted"


@pytest.mark.parametrize("what", ["service", "category", "price"])
def test_conditions_are_answered_at_once(operator, provider, what):
    changes = {
        "service": {"service_ids": [ServiceType.objects.get(code="compliance").pk]},
        "category": {"category_ids": [Category.objects.get(code="beauty").pk]},
        "price": {"price_most_fen": 1_000_000},
    }[what]
    round_ = published(operator, **changes)
    conditions = rules.conditions_of(round_, provider.party)
    (lacking,) = [condition for condition in conditions if not condition.is_met]
    verdict = refused(applied, provider, round_)
    assert verdict.status == 422
    assert str(verdict.reason) == f"{lacking.sentence} {lacking.lack}"
    assert all(condition.is_met for condition in rules.conditions_of(round_, None))


def test_window_is_kept(operator, provider):
    ahead = published(operator, opens_at=clock.now() + timedelta(days=1))
    assert refused(applied, provider, ahead).status == 409
    with clock.standing_at(ahead.opens_at):
        applied(provider, ahead)
    with clock.standing_at(ahead.closes_at):
        late = person_of(factories.listed_party("provider", "北斗直播"))
        assert refused(applied, late, ahead).status == 409
        assert services.close_due_rounds(SYSTEM) == 1
        assert services.close_due_rounds(SYSTEM) == 0
    ahead.refresh_from_db()
    assert ahead.status == "closed"


def test_once_in_a_round_also_after_a_withdrawal(open_round, provider):
    application = applied(provider, open_round)
    assert refused(applied, provider, open_round).status == 409
    services.withdraw_application(provider.actor, application=application)
    again = applied(provider, open_round, pitch="又想好了。")
    assert (again.pk, again.ticket, again.status) == (
        application.pk,
        application.ticket,
        "submitted",
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            round=open_round,
            party=provider.party,
            supporter=application.supporter,
            ticket=application.ticket,
            submitted_at=clock.now(),
        )


def test_places_are_not_given_twice(operator, provider, rival):
    round_ = published(operator, places=1)
    first, second = applied(provider, round_), applied(rival, round_)
    services.accept_application(operator.actor, application=first, reason="好")
    verdict = refused(services.accept_application, operator.actor, application=second, reason="好")
    assert verdict.status == 409


def test_cancelled_round_tells_why(open_round, provider, operator):
    application = applied(provider, open_round)
    cancel = services.cancel_round
    assert refused(cancel, operator.actor, round_=open_round, reason=" ").status == 422
    cancel(operator.actor, round_=open_round, reason="预算调整")
    application.refresh_from_db()
    assert (application.status, application.reason) == ("refused", "预算调整")


def test_published_round_stays_as_announced(open_round, operator):
    verdict = refused(
        services.update_round, operator.actor, round_=open_round, fields=round_fields(title="别的")
    )
    assert verdict.status == 409


def test_support_goes_to_another_operator_with_the_conversation(open_round, provider, operator):
    other = staff_person("support")
    application = applied(provider, open_round)
    services.support_application(operator.actor, application=application, supporter=other.user)
    application.refresh_from_db()
    assert application.supporter == application.ticket.assignee == other.user
    reviewer = staff_person("reviewer")  # answers no questions
    args = {"application": application, "supporter": reviewer.user}
    assert refused(services.support_application, operator.actor, **args).status == 422


def test_who_may_not(open_round, operator, provider, merchant, colleague, reviewer, stranger):
    for person in (merchant, stranger, colleague):
        assert refused(applied, person, open_round).status == 403
    fields = round_fields()
    assert refused(services.create_round, reviewer.actor, fields=fields).status == 403
    application = applied(provider, open_round)
    for person in (reviewer, provider, merchant):
        args = {"application": application, "reason": "好"}
        assert refused(services.accept_application, person.actor, **args).status == 403
    assert (
        refused(services.withdraw_application, merchant.actor, application=application).status
        == 403
    )


@pytest.mark.parametrize(
    "changes", [{"answers": []}, {"answers": [" "]}, {"pitch": " "}, {"papers": [uuid.uuid4()] * 4}]
)
def test_application_is_sound(open_round, provider, changes):
    assert refused(applied, provider, open_round, **changes).status == 422


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"title": "a\nb"},
        {"closes_at": clock.now() - timedelta(days=9)},
        {"least_share": 101},
        {"category_ids": []},
        {"places": 0},
        {"questions": ["?"] * 6},
    ],
)
def test_round_is_sound(operator, changes):
    assert (
        refused(services.create_round, operator.actor, fields=round_fields(**changes)).status == 422
    )


def test_paper_is_for_the_provider_and_who_answers(open_round, provider, operator, rival):
    browser = provider.browser()
    address = f"/recruitment/{open_round.pk}/application/"
    data = {"pitch": "三年。", "answer_0": "谷雨粒", "paper_1": factories.picture()}
    answer = browser.post(address, data)
    application = Application.objects.get()
    assert answer.url == f"/recruitment/applications/{application.pk}/"
    file = f"/files/{application.papers.get().pk}/"
    assert provider.browser().get(file).status_code == 200
    assert operator.browser().get(file).status_code == 200
    assert rival.browser().get(file).status_code == 404
    page = browser.get(answer.url).content.decode()
    assert application.ticket.get_absolute_url() in page


def test_figures_of_a_round(open_round, provider, rival, operator):
    applied(provider, open_round)
    services.withdraw_application(rival.actor, application=applied(rival, open_round))
    row = selectors.counted(Round.objects.all()).get()
    assert (row.applied, row.running, row.accepted, row.refused) == (1, 1, 0, 0)


def test_list_asks_the_same_few_questions(operator, visitor):
    published(operator)
    visitor.get("/recruitment/")
    with CaptureQueriesContext(connection) as one:
        page = visitor.get("/recruitment/")
    published(operator, title="第二轮")
    published(operator, title="第三轮")
    services.create_round(operator.actor, fields=round_fields(title="草稿"))
    with CaptureQueriesContext(connection) as three:
        page = visitor.get("/recruitment/")
    assert len(one) == len(three)
    html = page.content.decode()
    assert "第三轮" in html
    assert "草稿" not in html


def test_operator_writes_publishes_and_answers_in_admin(operator, provider):
    browser = operator.browser()
    now = clock.now().astimezone(clock.SHANGHAI)
    data = {
        "title": "新一轮",
        "brief": "招募。",
        "opens_at": f"{now - timedelta(days=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}",
        "least_share": 0,
        "questions": "一？\n\n二？",
    }
    assert browser.post("/admin/recruitment/round/write/", data | {"title": ""}).status_code == 200
    browser.post("/admin/recruitment/round/write/", data)
    round_ = Round.objects.get()
    assert round_.questions == ["一？", "二？"]
    browser.post(f"/admin/recruitment/round/{round_.pk}/steps/", {"step": "publish"})
    round_.refresh_from_db()
    assert round_.is_taking
    application = applied(provider, round_)
    page = f"/admin/recruitment/application/{application.pk}/answer/"
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"decision": "support"}).context["form"].errors
    browser.post(page, {"decision": "refuse", "reason": "方向不符"})
    application.refresh_from_db()
    assert application.status == "refused"
