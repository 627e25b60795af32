"""After the day: what each fair came to by then, who is reminded, and facts for the evaluation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.cooperation.models import Cooperation
from matchmaking.fairs import selectors, services
from matchmaking.fairs.facts import record_meeting_facts
from matchmaking.fairs.models import Fair, FollowUp, Meeting
from matchmaking.fairs.states import FairKind, FairStatus, MeetingResult
from portal.core import clock, outbox
from portal.evaluation.models import Fact
from portal.notices.models import Notice
from portal.webhooks import services as webhooks
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Event
from tests import factories
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up

pytestmark = pytest.mark.django_db


def over(fair, people):
    """The day with everybody there, and over."""
    made = [signed_up(one.actor, fair, one.party) for one in people]
    Fair.objects.filter(pk=fair.pk).update(status=FairStatus.CURATING)
    fair.refresh_from_db()
    services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair))
    with clock.standing_at(fair.starts_at + timedelta(minutes=5)):
        services.sweep_fairs(SYSTEM)
        for one in made:
            one.fair.refresh_from_db()
            services.check_in(SYSTEM, sign_up=one)
    with clock.standing_at(fair.ends_at):
        services.sweep_fairs(SYSTEM)
    fair.refresh_from_db()
    return made


def test_followed_up_once_after_7_30_and_90_days(merchant, creator):
    fair = open_fair()
    [brand, _mine] = over(fair, (merchant, creator))
    meeting = Meeting.objects.get()
    with clock.standing_at(fair.ends_at + timedelta(hours=1)):
        services.tell_outcome(
            merchant.actor, sign_up=brand, meeting=meeting, result=MeetingResult.INTENT
        )
    for days, more in ((6, 0), (7, 1), (8, 0), (31, 1), (60, 0), (90, 1)):
        with clock.standing_at(fair.ends_at + timedelta(days=days, hours=1)):
            assert services.follow_up_fairs(SYSTEM) == more
    assert sorted(FollowUp.objects.values_list("days", flat=True)) == [7, 30, 90]
    fair.refresh_from_db()
    assert fair.status == FairStatus.REVIEWED
    outbox.dispatch()
    assert Notice.objects.filter(user=merchant.user, event="fair.follow_up").count() == 1


def test_fairs_stand_beside_each_other_in_few_queries(
    merchant, creator, operator, django_assert_max_num_queries
):
    fairs = []
    for _time in range(2):  # the calendar of one would close the other
        fairs.append(open_fair(cost_fen=1_000_00))
        over(fairs[-1], (merchant, creator))
    with django_assert_max_num_queries(8):
        found = selectors.returns_across(fairs)
    assert [(row.show_up_percent, row.meetings_a_head) for row in found.fairs] == [(100, 1.0)] * 2
    assert (found.whole.meetings, found.whole.agreed, found.whole.cost_fen) == (2, 0, 200_000)
    [(category, way)] = found.categories
    assert (category.code, way.meetings) == ("food", 2)
    year = clock.day_of(fairs[0].starts_at).year
    with clock.standing_at(fairs[0].ends_at):
        page = operator.browser().get(reverse("fair_returns"), {"year": year})
    assert len(page.context["found"].fairs) == 2


@pytest.fixture
def session(merchant, provider):
    """A matchmaking session where the two met."""
    fair = open_fair(kind=FairKind.MATCHMAKING, roles=("merchant", "provider"))
    over(fair, (merchant, provider))
    return fair


def test_meeting_that_nobody_followed_is_known_after_60_days(session, merchant, provider):
    for days, more in ((1, 0), (61, 1), (62, 0)):
        with clock.standing_at(session.ends_at + timedelta(days=days)):
            assert record_meeting_facts(SYSTEM) == more
    fact = Fact.objects.get(measure="meeting_followed")
    assert (fact.party_id, fact.counterpart_id, fact.value) == (
        provider.party.pk,
        merchant.party.pk,
        0,
    )


def test_proposal_or_signature_follows_it_up_at_once(session, merchant, provider):
    with clock.standing_at(session.ends_at + timedelta(days=2)):
        need = factories.open_need(merchant.actor)
        factories.submitted_proposal(provider.actor, need)
        assert not Cooperation.objects.exists()
        assert record_meeting_facts(SYSTEM) == 1
    assert Fact.objects.get(measure="meeting_followed").value == 100


def test_machines_hear_of_seats_and_meetings(merchant, creator):
    fields = WebhookFields(
        "https://8.8.8.8/hook", ["fair_seat.confirmed", "fair_meetings.published"]
    )
    webhooks.make_webhook(creator.actor, party=creator.party, fields=fields)
    fair = open_fair()
    for one in (merchant, creator):
        signed_up(one.actor, fair, one.party)
    Fair.objects.filter(pk=fair.pk).update(status=FairStatus.CURATING)
    fair.refresh_from_db()
    services.publish_plan(SYSTEM, plan=services.plan_now(SYSTEM, fair=fair))
    outbox.dispatch()
    heard = Event.objects.filter(party=creator.party).order_by("pk").values_list("type", flat=True)
    assert sorted(heard) == ["fair_meetings.published", "fair_seat.confirmed"]
