"""Contacts and calls: nothing is shown before both agree, nothing happens after a block."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import rules, services
from matchmaking.needs.fields import CallFields
from matchmaking.needs.models import Message, Proposal, Talk, TalkStep
from matchmaking.needs.states import LossReason
from portal.core import clock
from portal.core.actor import system_actor
from portal.core.models import AuditEntry
from portal.notices.models import Notice
from portal.parties.models import Party
from tests import factories
from tests.matchmaking.needs.checks import refused, reread

pytestmark = pytest.mark.django_db
CLOCK = system_actor("task")
LINK = "https://meeting.example.com/123"


@pytest.fixture
def proposal(merchant, provider) -> Proposal:
    need = factories.open_need(merchant.actor)
    row = factories.submitted_proposal(provider.actor, need)
    return services.shortlist_proposal(merchant.actor, proposal=row)


def in_days(days: float):
    return clock.now() + timedelta(days=days)


def call(*days: float, **more) -> CallFields:
    return CallFields([in_days(n) for n in days or (2, 3)], **more)


def suggested(person, proposal, *days, **more) -> Talk:
    return services.propose_call(person.actor, proposal=proposal, fields=call(*days, **more))


def booked(merchant, provider, proposal, **more) -> Talk:
    talk = suggested(merchant, proposal, **more)
    return services.agree_talk(provider.actor, talk=talk, at=talk.times[0])


def page_of(person, proposal) -> str:
    return person.browser().get(f"/proposals/{proposal.pk}/talks/").content.decode()


def told(person, event) -> int:
    return Notice.objects.filter(user=person.user, event=event).count()


# --- contacts -------------------------------------------------------------------------------------


def test_contacts_are_shown_once_both_sides_agreed_and_each_look_is_written_down(
    merchant, provider, proposal
):
    for person in (merchant, provider):
        refused(422, services.reveal_bid_contact, person.actor, proposal=proposal)
    talk = services.propose_contacts(merchant.actor, proposal=proposal, note="周三方便吗")
    refused(422, services.reveal_bid_contact, merchant.actor, proposal=proposal)
    refused(409, services.agree_talk, merchant.actor, talk=talk)
    assert told(provider, "talk.proposed") == 1
    services.agree_talk(provider.actor, talk=talk)
    assert told(merchant, "talk.agreed") == 1
    row = reread(proposal)
    contact = services.reveal_bid_contact(merchant.actor, proposal=row)
    assert contact.phone == provider.party.contact_phone
    looks = AuditEntry.objects.filter(verb="reveal_contact", object_type="needs.proposal")
    assert [look.after for look in looks] == [{"of_party": provider.party.pk}]
    refused(409, services.propose_contacts, merchant.actor, proposal=row)


def test_page_unmasks_by_post_only(merchant, provider, proposal):
    talk = services.propose_contacts(provider.actor, proposal=proposal)
    services.agree_talk(merchant.actor, talk=talk)
    phone = provider.party.contact_phone
    assert phone not in page_of(merchant, proposal)
    address = f"/proposals/{proposal.pk}/contact/"
    assert phone in merchant.browser().post(address).content.decode()
    headers = {"HX-Request": "true", "HX-Target": "bid-contact"}
    narrow = merchant.browser().post(address, headers=headers).content.decode()
    assert phone in narrow
    assert "<html" not in narrow


def test_who_was_not_invited_learns_the_merchants_name_with_its_contact(
    merchant, provider, proposal
):
    assert merchant.party.name not in page_of(provider, proposal)
    talk = services.propose_contacts(merchant.actor, proposal=proposal)
    assert merchant.party.name not in page_of(provider, proposal)
    services.agree_talk(provider.actor, talk=talk)
    assert merchant.party.name in page_of(provider, proposal)
    said = services.send_message(merchant.actor, proposal=proposal, text="加我 13800138000")
    assert not Message.objects.get(pk=said.pk).is_masked


def test_only_from_the_shortlist_on_and_by_who_manages_a_side(
    merchant, provider, colleague, rival, agency, proposal
):
    early = factories.submitted_proposal(rival.actor, proposal.need)
    for person in (merchant, rival):
        refused(409, services.propose_contacts, person.actor, proposal=early)
    for person in (colleague, rival, agency):
        refused(403, services.propose_contacts, person.actor, proposal=proposal)
    refused(422, services.propose_contacts, merchant.actor, proposal=proposal, note="13800138000")
    services.propose_contacts(merchant.actor, proposal=proposal)
    refused(409, services.propose_contacts, provider.actor, proposal=proposal)
    assert Talk.objects.count() == 1


def test_declined_or_taken_back_shows_nothing(merchant, provider, proposal):
    talk = services.propose_contacts(merchant.actor, proposal=proposal)
    refused(409, services.withdraw_talk, provider.actor, talk=talk)
    services.decline_talk(provider.actor, talk=talk, note="先看方案")
    again = services.propose_contacts(merchant.actor, proposal=proposal)
    services.withdraw_talk(merchant.actor, talk=again)
    refused(409, services.agree_talk, provider.actor, talk=again)
    assert sorted(Talk.objects.values_list("status", flat=True)) == ["declined", "withdrawn"]
    refused(422, services.reveal_bid_contact, merchant.actor, proposal=reread(proposal))


def test_contact_of_an_ended_proposal_is_shown_no_more(merchant, provider, proposal):
    talk = services.propose_contacts(merchant.actor, proposal=proposal)
    services.agree_talk(provider.actor, talk=talk)
    services.decline_proposal(merchant.actor, proposal=proposal, reason=LossReason.PRICE)
    refused(409, services.reveal_bid_contact, merchant.actor, proposal=reread(proposal))
    assert page_of(merchant, proposal)


# --- calls ----------------------------------------------------------------------------------------


def test_call_is_booked_at_one_of_the_suggested_times(merchant, provider, proposal):
    talk = suggested(merchant, proposal, 2, 3, link=LINK)
    assert LINK not in page_of(provider, proposal)
    refused(422, services.agree_talk, provider.actor, talk=talk, at=in_days(4))
    refused(409, services.agree_talk, merchant.actor, talk=talk, at=talk.times[0])
    done = services.agree_talk(provider.actor, talk=talk, at=talk.times[1])
    assert (done.status, done.starts_at, done.times) == ("agreed", talk.times[1], [])
    assert done.ends_at - done.starts_at == timedelta(minutes=30)
    assert LINK in page_of(provider, proposal)
    assert not reread(proposal).shows_contacts, "a video call needs no contacts"


def test_call_without_a_link_exchanges_contacts(merchant, provider, proposal):
    asked = services.propose_contacts(provider.actor, proposal=proposal)
    talk = booked(merchant, provider, proposal)
    assert talk.status == "agreed"
    assert reread(proposal).shows_contacts
    assert reread(asked).status == "agreed"
    services.reveal_bid_contact(merchant.actor, proposal=reread(proposal))


def test_other_times_and_an_answer_to_what_is_not_on_the_table(merchant, provider, proposal):
    talk = suggested(merchant, proposal, 2, link=LINK)
    other = services.suggest_times(provider.actor, talk=talk, fields=call(5))
    refused(409, services.agree_talk, merchant.actor, talk=other, at=other.times[0], version=1)
    refused(409, services.agree_talk, provider.actor, talk=other, at=other.times[0])
    done = services.agree_talk(merchant.actor, talk=other, at=other.times[0])
    assert done.starts_at == other.times[0]
    steps = list(TalkStep.objects.order_by("number").values_list("verb", "side"))
    assert steps == [("propose", "merchant"), ("suggest", "bidder"), ("agree", "merchant")]


def test_booked_call_moves_when_the_other_side_agrees_and_stands_till_then(
    merchant, provider, proposal
):
    talk = booked(merchant, provider, proposal, link=LINK)
    first = talk.starts_at
    moved = services.suggest_times(provider.actor, talk=talk, fields=call(9))
    assert (moved.status, moved.starts_at) == ("agreed", first)
    assert moved.answer_by <= first
    kept = services.decline_talk(merchant.actor, talk=moved)
    assert (kept.status, kept.starts_at, kept.answer_by) == ("agreed", first, None)
    again = services.suggest_times(provider.actor, talk=kept, fields=call(9))
    done = services.agree_talk(merchant.actor, talk=again, at=again.times[0])
    assert done.starts_at == again.times[0]
    assert AuditEntry.objects.filter(verb="move_call").count() == 1


def test_either_side_cancels(merchant, provider, proposal):
    talk = booked(merchant, provider, proposal)
    services.cancel_talk(provider.actor, talk=talk, note="临时有事")
    assert reread(talk).status == "cancelled"
    assert told(merchant, "talk.cancelled") == 1
    refused(409, services.cancel_talk, merchant.actor, talk=reread(talk))
    assert suggested(merchant, proposal).status == "proposed", "another one may be suggested"


@pytest.mark.parametrize(
    "fields",
    [
        lambda: CallFields([]),
        lambda: CallFields([in_days(1)] * 2),
        lambda: call(1, 2, 3, 4),
        lambda: call(0.001),
        lambda: call(61),
        lambda: call(minutes=20),
        lambda: call(link="http://meeting.example.com"),
        lambda: call(link="javascript:alert(1)"),
        lambda: call(link="https://a b.example.com"),
        lambda: call(note="电话 13800138000"),
        lambda: call(note="x" * 201),
    ],
)
def test_unsound_call_changes_nothing(merchant, proposal, fields):
    refused(422, services.propose_call, merchant.actor, proposal=proposal, fields=fields())
    assert not Talk.objects.exists()


# --- the clock ------------------------------------------------------------------------------------


def test_unanswered_lapses_and_both_are_told(merchant, provider, proposal):
    talk = suggested(merchant, proposal, 1)
    assert services.sweep_talks(CLOCK) == 0
    with clock.standing_at(in_days(1.1)):
        refused(409, services.agree_talk, provider.actor, talk=talk, at=talk.times[0])
        assert services.sweep_talks(CLOCK) == 1
        assert services.sweep_talks(CLOCK) == 0
    assert reread(talk).status == "lapsed"
    for person in (merchant, provider):
        assert told(person, "talk.lapsed") == 1


def test_both_are_reminded_the_day_and_the_hour_before(merchant, provider, proposal):
    talk = booked(merchant, provider, proposal)
    for before, count in ((timedelta(days=1), 1), (timedelta(hours=1), 2)):
        with clock.standing_at(talk.starts_at - before + timedelta(seconds=1)):
            services.sweep_talks(CLOCK)
            services.sweep_talks(CLOCK)
        assert told(merchant, "talk.reminded") == told(provider, "talk.reminded") == count
    with clock.standing_at(talk.starts_at + timedelta(hours=1)):
        assert services.sweep_talks(CLOCK) == 1
    assert reread(talk).status == "over"


def test_move_that_nobody_answers_leaves_the_hour(merchant, provider, proposal):
    talk = booked(merchant, provider, proposal)
    services.suggest_times(provider.actor, talk=talk, fields=call(1, 9))
    with clock.standing_at(in_days(1.99)):
        Talk.objects.update(answer_by=clock.now())
        services.sweep_talks(CLOCK)
    row = reread(talk)
    assert (row.status, row.answer_by, row.times) == ("agreed", None, [])


def test_only_the_clock_sweeps(merchant):
    refused(403, services.sweep_talks, merchant.actor)


# --- the end, and blocks --------------------------------------------------------------------------


def test_end_of_the_proposal_ends_what_waits_and_cancels_the_call(merchant, provider, proposal):
    asked = services.propose_contacts(provider.actor, proposal=proposal)
    talk = booked(merchant, provider, proposal, link=LINK)
    services.decline_proposal(merchant.actor, proposal=proposal, reason=LossReason.PRICE)
    assert reread(asked).status == "lapsed"
    assert reread(talk).status == "cancelled"
    for person in (merchant, provider):
        assert told(person, "talk.cancelled") == 1
    refused(409, services.propose_contacts, merchant.actor, proposal=proposal)


def test_award_leaves_the_call(merchant, provider, proposal):
    talk = booked(merchant, provider, proposal, link=LINK)
    services.accept_proposal(merchant.actor, proposal=proposal)
    assert reread(talk).status == "agreed"
    services.suggest_times(provider.actor, talk=talk, fields=call(4))


@pytest.mark.parametrize("blocker", ["merchant", "provider"])
def test_block_ends_everything_and_says_nothing_of_itself(merchant, provider, proposal, blocker):
    asked = services.propose_contacts(provider.actor, proposal=proposal)
    talk = booked(merchant, provider, proposal, link=LINK)
    one, other = (merchant, provider) if blocker == "merchant" else (provider, merchant)
    services.block_party(one.actor, proposal=proposal)
    assert reread(asked).status == ("declined" if blocker == "merchant" else "withdrawn")
    assert reread(talk).status == "cancelled"
    assert told(other, "talk.cancelled") == 1
    assert told(one, "talk.cancelled") == 0
    verdict = refused(409, services.propose_contacts, other.actor, proposal=proposal)
    assert str(verdict.reason) == str(rules.NO_TALKS)
    refused(409, services.propose_call, one.actor, proposal=proposal, fields=call())
    page = page_of(other, proposal)
    assert "屏蔽" not in page
    assert "拉黑" not in page


def test_contact_is_not_shown_after_a_block(merchant, provider, proposal):
    talk = services.propose_contacts(provider.actor, proposal=proposal)
    services.agree_talk(merchant.actor, talk=talk)
    services.block_party(provider.actor, proposal=proposal)
    for person in (merchant, provider):
        refused(409, services.reveal_bid_contact, person.actor, proposal=reread(proposal))


# --- pages, files, database -----------------------------------------------------------------------


def test_two_people_arrange_a_call_on_the_page(merchant, provider, proposal):
    at = (in_days(2).astimezone(clock.SHANGHAI)).replace(second=0, microsecond=0)
    typed = {"time_1": f"{at:%Y-%m-%dT%H:%M}", "minutes": "30", "link": LINK, "note": ""}
    browser = provider.browser()
    wrong = browser.post(f"/proposals/{proposal.pk}/calls/", typed | {"time_1": ""})
    assert wrong.status_code == 200
    assert browser.post(f"/proposals/{proposal.pk}/calls/", typed).status_code == 302
    talk = Talk.objects.get()
    assert at.isoformat() in page_of(merchant, proposal)
    address = f"/talks/{talk.pk}/"
    answer = merchant.browser().post(f"{address}agreement/", {"version": "1", "at": at.isoformat()})
    assert answer.status_code == 302
    assert Talk.objects.get().starts_at == at
    file = merchant.browser().get(f"{address}calendar/")
    text = file.content.decode()
    assert file["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{at.astimezone(clock.UTC):%Y%m%dT%H%M%SZ}\r\n" in text
    assert LINK in text
    assert provider.party.contact_phone not in text
    assert all(len(line) <= 75 for line in file.content.split(b"\r\n"))
    again = {"time_1": f"{at + timedelta(days=1):%Y-%m-%dT%H:%M}", "minutes": "30", "note": ""}
    moved = merchant.browser().post(f"{address}times/", again | {"version": "2"})
    assert moved.status_code == 302
    assert provider.browser().post(f"{address}cancellation/", {"note": ""}).status_code == 302
    assert "METHOD:CANCEL" in merchant.browser().get(f"{address}calendar/").content.decode()


def test_workbench_shows_what_waits_and_the_next_call(merchant, provider, proposal):
    talk = suggested(merchant, proposal, 2, link=LINK)
    assert talk.get_absolute_url() in provider.browser().get("/workbench/").content.decode()
    assert talk.get_absolute_url() not in merchant.browser().get("/workbench/").content.decode()
    services.agree_talk(provider.actor, talk=talk, at=talk.times[0])
    for person in (merchant, provider):
        assert talk.get_absolute_url() in person.browser().get("/workbench/").content.decode()


def test_api_books_a_call_and_hides_the_link_until_then(merchant, provider, proposal):
    at = in_days(3).isoformat()
    calls = f"/api/v1/proposals/{proposal.pk}/calls/"
    body = {"times": [at], "minutes": 45, "link": LINK}
    made = merchant.browser().post(calls, body, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["link"] == ""
    address = f"/api/v1/talks/{made.json()['id']}/"
    done = provider.browser().post(
        f"{address}agreement/", {"version": 1, "at": at}, content_type="application/json"
    )
    assert (done.status_code, done.json()["link"]) == (200, LINK)
    twice = merchant.browser().post(calls, body, content_type="application/json")
    assert twice.status_code == 409
    assert len(provider.browser().get("/api/v1/talks/").json()["results"]) == 1


def test_list_costs_the_same_for_one_and_for_three(merchant, provider, proposal):
    def count() -> int:
        browser = merchant.browser()
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/proposals/{proposal.pk}/talks/").status_code == 200
        return len(queries)

    services.withdraw_talk(merchant.actor, talk=suggested(merchant, proposal))
    count()
    one = count()
    for _number in range(2):
        services.withdraw_talk(merchant.actor, talk=suggested(merchant, proposal))
    assert count() == one


def test_steps_are_kept_and_states_tied_to_their_facts(merchant, provider, proposal):
    talk = booked(merchant, provider, proposal)
    for change in (
        {"starts_at": None},
        {"status": "proposed"},
        {"status": "over"},
        {"kind": "contacts"},
        {"remind_at": talk.ends_at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        TalkStep.objects.update(note="")


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_book_one_hour(merchant, provider):
    need = factories.open_need(merchant.actor)
    row = factories.submitted_proposal(provider.actor, need)
    row = services.shortlist_proposal(merchant.actor, proposal=row)
    talk = suggested(merchant, row, 2, 3, link=LINK)
    answers = factories.at_once(
        lambda: services.agree_talk(provider.actor, talk=talk, at=talk.times[0]),
        lambda: services.agree_talk(provider.actor, talk=talk, at=talk.times[1]),
        lambda: services.block_party(merchant.actor, proposal=row),
        behind=Party.objects.filter(pk__in=[merchant.party.pk, provider.party.pk]),
    )
    assert sum(isinstance(answer, Talk) for answer in answers) <= 1
    assert reread(talk).status in {"cancelled", "withdrawn"}
