"""The day: badges are read once, no-shows are known on both sides, one tap says what came of it."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.fairs import selectors, services
from matchmaking.fairs.models import MeetingOutcome
from matchmaking.fairs.states import MeetingResult
from matchmaking.fairs.views.day import badge_token
from portal.core import clock
from portal.core.verdict import Refused
from portal.seats.selectors import differences
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(merchant, creator):
    """A brand and a creator with seats, their meeting planned, on the morning of the day."""
    fair = open_fair(tables=1)
    made = [signed_up(one.actor, fair, one.party) for one in (merchant, creator)]
    with clock.standing_at(fair.occasion.closes_at):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair))
    fair.made = made
    return fair


def on_the_day(fair, **later):
    return clock.standing_at(fair.starts_at + timedelta(**later))


def test_badge_is_read_once_and_by_operators_only(fair, creator, operator):
    mine = fair.made[1]
    assert creator.browser().get(reverse("sign_up_badge", args=[mine.pk])).status_code == 200
    url = reverse("badge_detail", args=[badge_token(mine)])
    assert creator.browser().get(url).status_code == 403
    assert operator.browser().get(url).status_code == 200
    assert operator.browser().get(reverse("badge_detail", args=["forged"])).status_code == 404
    with pytest.raises(Refused):
        services.check_in(operator.actor, sign_up=mine)  # days before
    with on_the_day(fair):
        with pytest.raises(Refused):
            services.check_in(creator.actor, sign_up=mine)
        for _read in range(2):
            services.check_in(operator.actor, sign_up=mine)
    assert mine.status == "present"
    board = {row["label"]: row["value"] for row in selectors.board_of(fair)}
    assert "1" in board.values()
    assert not differences()


def test_who_did_not_come_is_known_when_the_day_is_over(fair, operator):
    with on_the_day(fair):
        services.sweep_fairs(SYSTEM)
        services.check_in(operator.actor, sign_up=fair.made[0])
    with on_the_day(fair, hours=9):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    for row in fair.made:
        row.claim.refresh_from_db()
    assert fair.status == "closed"
    assert [row.status for row in fair.made] == ["present", "absent"]
    assert not differences()


def test_outcome_is_told_by_each_side_once_the_meeting_has_begun(fair, merchant, creator):
    brand, mine = fair.made
    [date] = selectors.agenda_of(mine)
    meeting = date.meeting
    tell = {"sign_up": mine, "meeting": meeting, "result": MeetingResult.INTENT}
    with pytest.raises(Refused):
        services.tell_outcome(creator.actor, **tell)
    with on_the_day(fair, hours=7):
        services.tell_outcome(creator.actor, **tell)
        services.tell_outcome(creator.actor, **tell | {"result": MeetingResult.SAMPLE})
        with pytest.raises(Refused):
            services.tell_outcome(merchant.actor, **tell)
        browser, url = merchant.browser(), reverse("sign_up_outcome", args=[brand.pk])
        body = {"meeting": meeting.pk, "result": "absent"}
        assert browser.post(url, body).status_code == 302
        assert browser.post(url, body | {"result": "x"}).status_code == 422
    said = dict(MeetingOutcome.objects.values_list("sign_up", "result"))
    assert said == {brand.pk: "absent", mine.pk: "sample"}


def test_api_tells_wishes_agenda_and_outcome(fair, merchant):
    browser, mine = merchant.browser(), f"/api/v1/fair-signups/{fair.made[0].pk}"
    [meeting] = browser.get(f"{mine}/agenda/").json()
    assert (meeting["other"], meeting["said"]) == (fair.made[1].party_id, "")
    body = json.dumps({"meeting": meeting["id"], "result": "sample"})
    with on_the_day(fair, hours=7):
        answer = browser.post(f"{mine}/outcome/", body, content_type="application/json")
    assert [row["said"] for row in answer.json()] == ["sample"]


def test_desk_shows_who_is_there_and_finds_a_name(fair, creator, operator):
    browser, url = operator.browser(), reverse("fair_desk", args=[fair.pk])
    assert creator.party.name in browser.get(url).content.decode()
    assert creator.party.name not in browser.get(f"{url}?q=谷雨").content.decode()
    [first, *_rest] = browser.get(url).context["rows"]
    moving = reverse("meeting_move", args=[first.next.pk])
    assert moving in browser.get(first.sign_up.get_absolute_url()).content.decode()
    assert moving not in creator.browser().get(fair.made[1].get_absolute_url()).content.decode()
    with on_the_day(fair, hours=7):
        assert browser.get(url).context["rows"][0].next is None
    with on_the_day(fair):
        answer = browser.post(reverse("sign_up_arrival", args=[fair.made[1].pk]))
    assert answer.status_code == 302
    fair.made[1].claim.refresh_from_db()
    assert fair.made[1].status == "present"
