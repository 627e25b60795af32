"""One's day in a calendar and on paper; what is told when a fair moves or falls."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.fairs import services
from matchmaking.fairs.models import Fair, Meeting
from matchmaking.fairs.states import FairStatus
from matchmaking.fairs.tokens import agenda_token
from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.seats.selectors import differences
from portal.seats.states import Admission
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import fair_fields, open_fair, signed_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled(merchant, creator):
    fair = open_fair()
    made = [signed_up(one.actor, fair, one.party) for one in (merchant, creator)]
    Fair.objects.filter(pk=fair.pk).update(status=FairStatus.CURATING)
    fair.refresh_from_db()
    services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair))
    fair.refresh_from_db()
    return fair, made


def address(sign_up):
    sign_up.refresh_from_db()
    return reverse("agenda_feed", args=[agenda_token(sign_up)])


def test_agenda_is_read_by_its_address_until_it_is_changed(scheduled, merchant, creator, visitor):
    _fair, [brand, mine] = scheduled
    assert visitor.get(address(mine)).status_code == 404
    own, url = creator.browser(), reverse("sign_up_feed", args=[mine.pk])
    assert own.post(url, {"on": "1"}).status_code == 302
    first = address(mine)
    text = visitor.get(first).content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert brand.party.name in text
    assert brand.party.contact_phone not in text
    own.post(url, {"on": "1"})
    assert visitor.get(first).status_code == 404
    assert visitor.get(address(mine)).status_code == 200
    own.post(url, {"on": "0"})
    assert visitor.get(address(mine)).status_code == 404
    assert merchant.browser().post(url, {"on": "1"}).status_code == 404


def test_tables_and_badges_are_papers(scheduled, operator, merchant):
    fair, _made = scheduled
    for name in ("fair_tables", "fair_badges"):
        url = reverse(name, args=[fair.pk])
        assert operator.browser().get(url).content.startswith(b"%PDF")
        assert merchant.browser().get(url).status_code == 403


def test_everybody_is_told_that_it_moved_and_the_plan_moves_along(scheduled, merchant, operator):
    fair, _made = scheduled
    fields = fair_fields(title=fair.title)
    later = replace(
        fields,
        starts_at=fair.starts_at + timedelta(days=1),
        ends_at=fair.ends_at + timedelta(days=1),
    )
    with pytest.raises(Refused):
        services.change_fair(operator.actor, fair=fair, fields=replace(later, slot_minutes=20))
    services.change_fair(operator.actor, fair=fair, fields=later)
    outbox.dispatch()
    assert Notice.objects.filter(user=merchant.user, event="fair.moved").count() == 1
    meeting = Meeting.objects.get()
    assert meeting.starts_at >= later.starts_at


def test_cancelled_fair_frees_its_seats_and_meetings(scheduled, operator, creator):
    fair, [_brand, mine] = scheduled
    services.cancel_fair(operator.actor, fair=fair, why="场馆停电")
    outbox.dispatch()
    assert Notice.objects.filter(user=creator.user, event="fair.cancelled").count() == 1
    mine.claim.refresh_from_db()
    assert (mine.status, differences()) == ("cancelled", [])
    assert {row.pool.taken for row in fair.pools.select_related("pool")} == {0}
    page = creator.browser().get(mine.get_absolute_url())
    assert page.context["agenda"] == []


def test_organiser_asks_and_the_answer_comes_back(creator, operator, merchant):
    fair = open_fair(admission=Admission.CURATED)
    mine = signed_up(creator.actor, fair, creator.party)
    desk, own = operator.browser(), creator.browser()
    ask, answer = (reverse(f"sign_up_{end}", args=[mine.pk]) for end in ("question", "answer"))
    assert own.post(answer, {"answer": "？"}).status_code == 409
    assert desk.post(ask, {"reason": ""}).status_code == 422
    assert desk.post(ask, {"reason": "请补充近 30 天场次"}).status_code == 302
    outbox.dispatch()
    assert Notice.objects.filter(user=creator.user, event="fair.asked").count() == 1
    assert own.get(mine.get_absolute_url()).context["can_answer"]
    with pytest.raises(Refused):
        services.accept_sign_up(operator.actor, sign_up=_fresh(mine))
    assert own.post(answer, {"answer": " 12 场 "}).status_code == 302
    mine = _fresh(mine)
    assert (mine.status, mine.answer) == ("submitted", "12 场")
    assert merchant.browser().post(answer, {"answer": "x"}).status_code == 404


def _fresh(sign_up):
    return type(sign_up).objects.whole().get(pk=sign_up.pk)


def test_who_never_answers_goes_home_when_it_begins(creator, operator):
    fair = open_fair(admission=Admission.CURATED)
    mine = signed_up(creator.actor, fair, creator.party)
    services.ask_sign_up(operator.actor, sign_up=mine, why="请补充")
    with clock.standing_at(fair.starts_at):
        for _step in range(2):
            services.sweep_fairs(SYSTEM)
    mine.claim.refresh_from_db()
    assert mine.status == "expired"
