"""Messages between the two sides: masked until both agree, read once, none after a block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.needs import rules, selectors, services
from matchmaking.needs.models import Block, Message, MessageReport
from matchmaking.needs.ranking import CandidateList
from matchmaking.needs.services.offers import terms_of
from matchmaking.needs.states import LossReason, ReportReason, ReportStatus
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership, Party
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of, staff_person
from tests.matchmaking.needs.checks import refused, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(merchant, provider):
    return factories.submitted_proposal(provider.actor, factories.open_need(merchant.actor))


def wrote(person, proposal, text="样品什么时候能寄到？", **more) -> Message:
    return services.send_message(person.actor, proposal=proposal, text=text, **more)


def test_both_sides_write_and_read(merchant, provider, colleague, rival, proposal):
    first = wrote(merchant, proposal)
    second = wrote(merchant, proposal, "还有一个问题")
    assert [first.number, second.number, first.side] == [1, 2, "merchant"]
    assert Notice.objects.filter(event="message.received").count() == 1, "one until it is read"
    assert selectors.count_unread_messages(provider.actor) == 2
    assert selectors.count_unread_messages(merchant.actor) == 0
    page = provider.browser().get("/workbench/").content.decode()
    assert '<span class="count">2</span>' in page
    provider.browser().get(f"/proposals/{proposal.pk}/messages/")
    assert selectors.count_unread_messages(provider.actor) == 0
    wrote(merchant, proposal)
    assert Notice.objects.filter(event="message.received").count() == 2
    assert colleague.browser().get(f"/proposals/{proposal.pk}/messages/").status_code == 200
    assert rival.browser().get(f"/proposals/{proposal.pk}/messages/").status_code == 404


def test_only_managers_of_the_two_sides_write(merchant, colleague, rival, proposal):
    refused(403, services.send_message, colleague.actor, proposal=proposal, text="a")
    refused(403, services.send_message, rival.actor, proposal=proposal, text="a")
    refused(422, services.send_message, merchant.actor, proposal=proposal, text=" ")
    refused(422, services.send_message, merchant.actor, proposal=proposal, text="长" * 2001)


def test_words_are_not_called_optional_and_a_file_is(merchant, proposal):
    page = merchant.browser().get(f"/proposals/{proposal.pk}/messages/").content.decode()
    form = page[page.index('id="write"') :]
    assert form.count('class="optional"') == 1, "the file's"


def test_draft_the_merchant_knows_nothing_of_has_no_messages(merchant, provider):
    need = factories.open_need(merchant.actor)
    draft = services.draft_proposal(provider.actor, need=need, fields=factories.proposal_fields())
    refused(409, services.send_message, provider.actor, proposal=draft, text="a")


def test_nothing_is_written_after_the_end_but_after_an_award(merchant, provider, rival, proposal):
    lost = factories.submitted_proposal(rival.actor, proposal.need)
    services.decline_proposal(merchant.actor, proposal=lost, reason=LossReason.PRICE)
    refused(409, services.send_message, rival.actor, proposal=lost, text="a")
    services.accept_proposal(merchant.actor, proposal=proposal)
    said = wrote(provider, proposal, "电话 13800001111")
    assert (said.text, said.is_masked) == ("电话 13800001111", False)


# --- what is masked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reach",
    [
        "13800001111",
        "138 0000 1111",
        "１３８００００１１１１",
        "a.b@example.com",
        "微信：abc_123",
        "vx abc12345",
        "0571-88880000",
        "a＠b.com",
        "a.b @ example.com",
        "weixin: abc12345",
        "微信→abc12345",
        "QQ 123456789",
        "400-820-8820",
    ],
)
def test_ways_to_reach_somebody_are_masked_before_an_agreement(merchant, proposal, reach):
    said = wrote(merchant, proposal, f"请联系 {reach} 谢谢")
    assert said.is_masked
    assert reach not in Message.objects.get().text
    assert said.text.startswith("请联系 ")
    assert said.text.endswith("谢谢")


@given(st.text(max_size=60))
def test_masking_takes_letters_away_and_never_adds_any(text):
    kept = rules.masked(text)
    assert len(kept) == len(text)
    assert all(new in (old, "●") for new, old in zip(kept, text, strict=True))
    assert rules.masked(kept) == kept


def test_numbers_of_a_plan_are_left_alone(merchant, proposal):
    for text in (
        "2026-11-22 起 3 个月内 12 场直播，目标 ¥1,200,000（1200000 元），分成 3.5%",
        "货号 wxyz12345，8月开播计划",
    ):
        assert wrote(merchant, proposal, text).text == text


# --- files -------------------------------------------------------------------------------------


def test_file_is_read_by_both_sides_alone(merchant, provider, rival, proposal):
    browser = merchant.browser()
    answer = browser.post(
        f"/proposals/{proposal.pk}/messages/", {"text": "", "file": factories.picture()}
    )
    assert answer.status_code == 302
    file = Message.objects.get().files.get()
    assert file.name.startswith("attachment-1."), "a name may hold a contact"
    for person, status in ((merchant, 200), (provider, 200), (rival, 404)):
        assert person.browser().get(file.get_absolute_url()).status_code == status
    fake = factories.picture("a.png")
    fake.file.seek(0)
    fake.file.write(b"MZ no picture at all")
    fake.file.seek(0)
    wrong = browser.post(f"/proposals/{proposal.pk}/messages/", {"text": "", "file": fake})
    assert wrong.status_code == 200
    assert Message.objects.count() == 1


# --- blocking ----------------------------------------------------------------------------------


def test_nothing_arrives_after_a_block_and_nobody_is_told(merchant, provider, proposal):
    before = Notice.objects.count()
    block = services.block_party(provider.actor, proposal=proposal)
    assert services.block_party(provider.actor, proposal=proposal) == block
    assert Notice.objects.count() == before
    refused(409, services.send_message, merchant.actor, proposal=proposal, text="a")
    with pytest.raises(Refused) as mine:
        services.send_message(provider.actor, proposal=proposal, text="a")
    with pytest.raises(Refused) as theirs:
        services.send_message(merchant.actor, proposal=proposal, text="a")
    assert str(mine.value) != str(theirs.value)
    page = merchant.browser().get(f"/proposals/{proposal.pk}/messages/").content.decode()
    assert "block" not in page.lower().replace("/block/", "").replace("d-block", "")
    services.lift_block(provider.actor, block=block)
    assert wrote(merchant, proposal).number == 1


@pytest.mark.parametrize("who", ["merchant", "provider"])
def test_the_two_are_not_ranked_invited_or_ordered_either_way(request, merchant, provider, who):
    person = request.getfixturevalue(who)
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    offer = services.create_service_offer(provider.actor, fields=factories.service_offer_fields())
    services.show_service_offer(provider.actor, offer=offer)
    services.block_party(person.actor, proposal=proposal)
    other = factories.open_need(merchant.actor)
    found = CandidateList(other)
    assert provider.party not in [c.provider for c in found.slice(0, 9)]
    assert sum(e.count for e in found.exclusions) == 0, "not as a reason either"
    refused(422, services.invite_provider, merchant.actor, need=other, provider=provider.party)
    refused(
        409,
        services.submit_proposal,
        provider.actor,
        need=other,
        fields=factories.proposal_fields(),
    )
    refused(409, services.order_service_offer, merchant.actor, offer=reread(offer))


def test_bidder_that_was_not_invited_learns_no_name_by_blocking(merchant, provider, proposal):
    services.block_party(provider.actor, proposal=proposal)
    browser = provider.browser()
    page = browser.get("/messages/").content.decode()
    assert merchant.party.name not in page
    (row,) = browser.get("/api/v1/blocks/").json()["results"]
    assert (row["blocked"], row["proposal"]) == (None, proposal.pk)
    services.block_party(merchant.actor, proposal=proposal)
    assert provider.party.name in merchant.browser().get("/messages/").content.decode()


def test_block_ends_offers_and_words_with_a_no(merchant, provider, proposal):
    services.block_party(provider.actor, proposal=proposal)
    refused(
        409,
        services.counter_offer,
        merchant.actor,
        proposal=proposal,
        fields=terms_of(proposal),
    )
    services.decline_proposal(
        merchant.actor, proposal=proposal, reason=LossReason.PRICE, note="太贵了"
    )
    assert reread(proposal).reason_note == ""


@pytest.mark.parametrize("field", ["plan", "team"])
def test_contacts_are_refused_in_what_a_bidder_writes(merchant, provider, field):
    need = factories.open_need(merchant.actor)
    fields = factories.proposal_fields(**{field: "加 wechat: abc12345 详谈"})
    refused(422, services.submit_proposal, provider.actor, need=need, fields=fields)


def test_contacts_are_refused_in_words_with_a_no(merchant, proposal):
    refused(
        422,
        services.decline_proposal,
        merchant.actor,
        proposal=proposal,
        reason=LossReason.PRICE,
        note="发邮件到 a.b@example.com",
    )


@pytest.mark.django_db(transaction=True)
def test_message_that_meets_a_block_came_before_it_or_not_at_all(merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    factories.at_once(
        lambda: services.block_party(provider.actor, proposal=proposal),
        lambda: services.send_message(merchant.actor, proposal=proposal, text="在吗"),
        behind=Party.objects.filter(pk=merchant.party.pk),
    )
    block, message = Block.objects.get(), Message.objects.first()
    assert message is None or message.at <= block.at


# --- reports -----------------------------------------------------------------------------------


def test_reported_message_is_removed_or_stays(merchant, provider, operator, proposal):
    said = wrote(provider, proposal, "刷单吗", file_ids=())
    refused(409, services.report_message, provider.actor, message=said, reason=ReportReason.FRAUD)
    report = services.report_message(merchant.actor, message=said, reason=ReportReason.FRAUD)
    refused(409, services.report_message, merchant.actor, message=said, reason=ReportReason.FRAUD)
    refused(403, services.uphold_report, merchant.actor, report=report)
    member = staff_person("reviewer")
    Membership.objects.create(
        user=member.user,
        party=provider.party,
        role=Role.MEMBER,
        created_at=provider.party.created_at,
    )
    refused(403, services.uphold_report, member.actor, report=report)
    assert "1" in operator.browser().get("/admin/").content.decode()
    services.uphold_report(operator.actor, report=report)
    refused(409, services.dismiss_report, operator.actor, report=report)
    assert (reread(said).text, reread(report).status) == ("", ReportStatus.UPHELD)
    told = Notice.objects.filter(event__in=["report.upheld", "message.removed"])
    assert told.count() == 2


def test_operators_act_in_the_admin(merchant, provider, operator, proposal):
    said = wrote(provider, proposal)
    services.report_message(merchant.actor, message=said, reason=ReportReason.SPAM)
    report = MessageReport.objects.get()
    operator.browser().post(
        "/admin/needs/messagereport/", {"action": "dismiss", "_selected_action": [report.pk]}
    )
    assert reread(report).status == ReportStatus.DISMISSED
    assert reread(said).text


# --- the list ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_as_much_for_three_as_for_one(
    merchant, provider, rival, rows, django_assert_max_num_queries
):
    need = factories.open_need(merchant.actor)
    third = person_of(factories.listed_party("provider", "第三家"))
    for person in (provider, rival, third)[:rows]:
        wrote(person, factories.submitted_proposal(person.actor, need))
    browser = merchant.browser()
    browser.get("/messages/")
    with django_assert_max_num_queries(12):
        page = browser.get("/messages/").content.decode()
    assert page.count("/messages/") >= rows
