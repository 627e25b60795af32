"""The round of questions: who asks, who answers, who reads, and that nobody learns who asked."""

from datetime import timedelta

import pytest
from django.test import Client

from matchmaking.needs import services
from matchmaking.needs.models import Question
from matchmaking.needs.states import LossReason
from portal.core import clock
from portal.notices.models import Notice
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import refused, reread, set_status

pytestmark = pytest.mark.django_db
ASKED, ANSWERED = "样品怎么寄？", "顺丰到付，三天内寄出。"


@pytest.fixture
def need(merchant):
    return factories.open_need(merchant.actor)


@pytest.fixture
def question(need, provider):
    return services.ask_question(provider.actor, need=need, text=f" {ASKED} ")


def test_answer_is_read_by_all_bidders_and_the_asker_named_to_none(
    need, question, merchant, provider, rival
):
    factories.submitted_proposal(rival.actor, need)
    services.answer_question(merchant.actor, question=question, text=ANSWERED)
    assert (question.text, reread(question).answer) == (ASKED, ANSWERED)
    for person, is_own in ((merchant, False), (provider, True), (rival, False)):
        client = person.browser()
        page = client.get(f"/needs/{need.pk}/").content.decode()
        (row,) = client.get(f"/api/v1/needs/{need.pk}/questions/").json()
        assert ASKED in page
        assert ANSWERED in page
        assert (row["text"], row["answer"], row["is_own"]) == (ASKED, ANSWERED, is_own)
        assert "asker" not in row
    pages = rival.browser().get(f"/needs/{need.pk}/").content.decode()
    assert provider.party.name not in pages
    told = Notice.objects.filter(event="question.answered").values_list("user", flat=True)
    assert set(told) == {provider.user.pk, rival.user.pk}
    (notice,) = Notice.objects.filter(event="question.asked")
    assert notice.user == merchant.user
    assert provider.party.name not in notice.text


def test_who_may_not_read_the_brief_reads_no_question(need, question, stranger):
    draft = person_of(factories.draft_party("provider", "新手直播"))
    for client in (stranger.browser(), draft.browser()):
        assert ASKED not in client.get(f"/needs/{need.pk}/").content.decode()
        assert client.get(f"/api/v1/needs/{need.pk}/questions/").json() == []
    assert ASKED not in Client().get(f"/needs/{need.pk}/").content.decode()


def test_only_who_may_bid_asks(need, merchant, agency, stranger, provider, colleague):
    ask = services.ask_question
    for person in (merchant, agency, stranger, colleague):
        refused(403, ask, person.actor, need=need, text=ASKED)
    set_status(provider.party, "suspended")
    refused(422, ask, provider.actor, need=need, text=ASKED)


def test_questions_end_before_proposals_do(need, provider):
    last = need.questions_until
    assert last == need.closes_on - timedelta(days=3)
    with clock.standing_at(clock.now() + timedelta(days=11)):
        services.ask_question(provider.actor, need=need, text=ASKED)
    with clock.standing_at(clock.now() + timedelta(days=12)):
        refused(409, services.ask_question, provider.actor, need=need, text=ASKED)


def test_short_need_takes_questions_on_its_first_day(merchant, provider):
    today = clock.today()
    need = factories.open_need(merchant.actor, closes_on=today)
    assert need.questions_until == today
    services.ask_question(provider.actor, need=need, text=ASKED)


def test_five_questions_are_the_most(need, provider, rival):
    for number in range(5):
        services.ask_question(provider.actor, need=need, text=f"问题 {number}")
    refused(409, services.ask_question, provider.actor, need=need, text="再问一个")
    services.ask_question(rival.actor, need=need, text=ASKED)


def test_nobody_gives_themselves_away(need, question, provider, merchant):
    for text in ("  ", f"我们是{provider.party.name}", "打 138 0000 1111", "138-0000-1111"):
        refused(422, services.ask_question, provider.actor, need=need, text=text)
    for text in ("", f"{merchant.party.name}自营仓", "加微信 13800001111"):
        refused(422, services.answer_question, merchant.actor, question=question, text=text)


def test_merchant_answers_once(need, question, merchant, provider, rival, colleague):
    answer = services.answer_question
    for person in (provider, rival, colleague):
        refused(403, answer, person.actor, question=question, text=ANSWERED)
    answer(merchant.actor, question=question, text=ANSWERED)
    refused(409, answer, merchant.actor, question=question, text="改了")
    other = services.ask_question(rival.actor, need=need, text="几个主播？")
    services.cancel_need(merchant.actor, need=need)
    refused(409, answer, merchant.actor, question=other, text=ANSWERED)


def test_pages_ask_answer_and_show_what_is_wrong(need, merchant, provider):
    seller, buyer = provider.browser(), merchant.browser()
    wrong = seller.post(f"/needs/{need.pk}/questions/", {"text": "13800001111"})
    assert wrong.status_code == 200
    assert wrong.context["question_form"].errors
    seller.post(f"/needs/{need.pk}/questions/", {"text": ASKED})
    question = Question.objects.get()
    assert ASKED in buyer.get("/workbench/").content.decode()
    address = f"/questions/{question.pk}/answer/"
    assert buyer.post(address, {}).context["questions"][0]["form"].errors
    assert buyer.post(address, {f"{question.pk}-answer": ANSWERED}).status_code == 302
    assert ASKED not in buyer.get("/workbench/").content.decode()
    assert provider.browser().post(address, {}).status_code == 404


@pytest.mark.parametrize("text", ["vx: abc12345 方便聊聊吗？", "请发到 boss@shop.com", "微信联系"])
def test_contacts_are_kept_out_of_what_all_bidders_read(need, question, merchant, provider, text):
    refused(422, services.ask_question, provider.actor, need=need, text=text)
    refused(422, services.answer_question, merchant.actor, question=question, text=text)


@pytest.mark.parametrize("field", ["title", "brief"])
def test_contacts_are_kept_out_of_the_brief(merchant, field):
    fields = factories.need_fields(**{field: "自播间代运营 boss@shop.com"})
    refused(422, services.create_need, merchant.actor, fields=fields)


def test_who_stepped_back_is_not_said_to_be_invited(need, merchant, provider):
    proposal = services.invite_provider(merchant.actor, need=need, provider=provider.party)
    services.withdraw_proposal(provider.actor, proposal=proposal, reason=LossReason.CAPACITY)
    refused(409, services.invite_provider, merchant.actor, need=need, provider=provider.party)
