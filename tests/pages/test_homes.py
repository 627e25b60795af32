"""Each kind of party has a home: its numbers with their course, its cards, its next step."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matchmaking.fairs.states import Measure
from matchmaking.needs import services as needs
from portal.core import clock
from portal.core.operators import Queue
from portal.core.verdict import Refused
from portal.evaluation.models import Remedy
from portal.evaluation.selectors import board_of, levers_of, ratings_in
from portal.pages.homes import Card, Row, home_of, next_step, operator_step
from portal.pages.homes.cards import shortest
from portal.parties import services as parties
from portal.parties.services import narrow_member
from portal.parties.states import Role
from portal.revenue.models import ChannelTurnover, OrderLine, Turnover
from portal.revenue.selectors import sold_by_channel, sold_year
from portal.revenue.services import count_turnovers
from portal.tiers.models import CountedCreator, Framework
from tests import factories
from tests.conftest import person_of
from tests.evaluation import factories as ratings
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import open_fair, signed_up
from tests.revenue.agreements.making import agreed
from tests.revenue.orders.telling import GROSS, Order, record
from tests.revenue.orders.test_narrowing import helper_of
from tests.tiers.certifying import worthy
from tests.tiers.frameworks.making import run_now

pytestmark = pytest.mark.django_db
TODAY = date(2027, 5, 20)
NOW = datetime(2027, 5, 20, 9, tzinfo=clock.SHANGHAI)
MONTHS = [datetime(2027, month, 3, 12, tzinfo=clock.SHANGHAI) for month in (3, 4, 5)]


@pytest.fixture
def sold(merchant, provider, creator):
    """An order each in March, April and May; of April's some came back, May's has not settled."""
    agreed(merchant, provider)
    for number, at in enumerate(MONTHS):
        with clock.standing_at(at):
            order = Order(merchant, creator, order=f"M{number}", buyer=f"b{number}")
            events = [order.paid(), *([order.settled()] if number < 2 else [])]
        with clock.standing_at(at + timedelta(days=11)):
            record(*events, *([order.refunded(900)] if number == 1 else []))
    with clock.standing_at(NOW):
        count_turnovers(SYSTEM, until=TODAY)
        yield


def test_year_is_counted_for_each_side_and_told_again_without_doubling(
    sold, merchant, provider, creator, stranger
):
    rows = Turnover.objects.filter(party=merchant.party).order_by("month")
    told = [(row.month.month, row.lines, row.net_fen, row.refunded_fen) for row in rows]
    assert told == [(3, 1, GROSS, 0), (4, 1, GROSS - 900, 900), (5, 1, 0, 0)]
    before = Turnover.objects.count()
    count_turnovers(SYSTEM, until=TODAY)
    assert Turnover.objects.count() == before
    assert sum(rows.values_list("lines", flat=True)) == OrderLine.objects.count()
    for person, role in ((merchant, "merchant"), (provider, "provider"), (creator, "creator")):
        year = sold_year(person.actor, role)
        assert (year.net_fen, len(year.months)) == (2 * GROSS - 900, 12)
        assert (year.last.month, year.last.refund_rate) == (
            date(2027, 4, 1),
            pytest.approx(100 * 900 / GROSS),
        )
        assert year.quarter_fen == GROSS - 900, "April and May"
    assert sold_year(stranger.actor, "merchant") is None
    with pytest.raises(Refused):
        count_turnovers(merchant.actor, until=TODAY)


def test_month_goes_whose_last_line_is_anothers_now(sold, provider):
    mine = Turnover.objects.filter(party=provider.party)
    assert mine.exists()
    OrderLine.objects.filter(provider=provider.party).update(provider=None)
    with clock.standing_at(NOW + timedelta(days=1)):
        count_turnovers(SYSTEM, until=TODAY)
    assert not mine.exists()


def test_narrowed_member_sees_no_sum_of_all(sold, provider, merchant):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    needs.accept_proposal(merchant.actor, proposal=proposal)
    helper = helper_of(provider.party)
    person = person_of(provider.party, helper.user, Role.MEMBER)
    assert sold_year(person.actor, "provider") is not None
    narrow_member(provider.actor, membership=helper, parties=[merchant.party])
    assert sold_year(person.actor, "provider") is None


def test_merchants_home_is_a_diagnosis(sold, merchant, provider):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(provider.actor, need)
    needs.accept_proposal(merchant.actor, proposal=proposal)
    home = home_of(merchant.actor)
    assert [figure["url"] for figure in home.figures] == ["/orders/", "/cooperations/returns/"]
    assert len(home.figures[0]["trend"]) == 12
    channels, partners = home.cards
    assert [row.url for row in channels.rows] == ["/orders/?channel=creator-other"]
    assert [row.label for row in partners.rows] == [provider.party.name]
    assert home.next.url == "/orders/?channel=creator-other&state=refunded", "April's came back"
    told = merchant.browser().get("/api/v1/workbench/").json()
    assert len(told["cards"][0]["rows"][0]["trend"]) == 12


def test_channels_come_to_the_year_and_lead_to_their_orders(sold, merchant, provider, stranger):
    """Own sales and a creator's apart; the list behind each number holds the same lines."""
    OrderLine.objects.filter(order="M0").update(creator=None, carrier="live")
    with clock.standing_at(NOW + timedelta(days=1)):
        for _again in range(2):
            count_turnovers(SYSTEM, until=TODAY)
    found = sold_by_channel(merchant.actor)
    told = [(one.channel.value, one.net_fen) for one in found]
    assert told == [("own-live", GROSS), ("creator-other", GROSS - 900)]
    assert sum(one.net_fen for one in found) == sold_year(merchant.actor, "merchant").net_fen
    assert found[1].last.refund_rate == pytest.approx(100 * 900 / GROSS)
    assert ChannelTurnover.objects.count() == 3, "March by one channel, April and May by another"
    for person in (stranger, provider):
        assert sold_by_channel(person.actor) == []
    shown = merchant.browser().get("/orders/?channel=own-live").context["table"].page.rows
    assert [line.order for line in shown] == ["M0"]
    assert merchant.browser().get("/orders/?channel=own").status_code == 200


def test_each_home_leads_on(merchant, provider, agency, creator):
    steps = {
        person.party.kind: home_of(person.actor).next.url
        for person in (merchant, provider, agency, creator)
    }
    assert steps == {
        "merchant": "/needs/new/",
        "provider": "/needs/?view=open",
        "agency": f"/parties/{agency.party.pk}/roster/",
        "creator": "/gate/",
    }
    for person in (merchant, provider, agency, creator):
        page = BeautifulSoup(person.browser().get("/workbench/").content, "html.parser")
        link = page.select_one("[aria-labelledby=next-step] a.btn")
        assert link["href"] == steps[person.party.kind]
        told = person.browser().get("/api/v1/workbench/").json()
        assert told["next"]["url"] == link["href"]
        assert {"figures", "cards", "next"} == set(told)


def step_of(person):
    """The step that the page names, after the page it leads to has opened."""
    browser = person.browser()
    page = BeautifulSoup(browser.get("/workbench/").content, "html.parser")
    [card] = page.select("[aria-labelledby=next-step]")
    assert card.select_one(".w6").text.strip()
    link = card.select_one("a.btn")["href"]
    assert browser.get(link, follow=True).status_code == 200, link
    return link


def test_first_day_names_one_step_that_opens(merchant, provider, agency, creator, stranger):
    """Just verified, nothing else there; before that, its first steps; without a party, to register
    as one of the four kinds. Over the API the same."""
    draft = person_of(factories.draft_party("merchant", "沐白个护", has_papers=False))
    sent = person_of(factories.submitted_party("creator", "阿禾"))
    for person in (merchant, provider, agency, creator, draft, sent, stranger):
        step = step_of(person)
        assert person.browser().get("/api/v1/workbench/").json()["next"]["url"] == step
        changes = person.browser().get("/changes/")
        assert (changes.status_code, step != "/workbench/") == (200, True)
    page = BeautifulSoup(draft.browser().get("/workbench/").content, "html.parser")
    assert page.select_one("[aria-labelledby=checklist] .tag.warn"), "the list marks the same step"
    page = BeautifulSoup(stranger.browser().get("/workbench/").content, "html.parser")
    kinds = [link["href"].split("=")[-1] for link in page.select("[aria-labelledby=kinds] a.btn")]
    assert kinds == ["merchant", "provider", "agency", "creator"]
    assert not page.select("[aria-labelledby=todos]"), "the step says it already"


def test_step_of_a_registration_says_where_it_stands(operator):
    draft = factories.submitted_party("merchant", "沐白个护")
    returned = parties.return_party(operator.actor, party=draft, note="照片不清楚")
    person = person_of(returned)
    assert step_of(person) == returned.get_absolute_url()
    assert "照片不清楚" in next_step(person.actor, home_of(person.actor), None).text


def test_operators_first_step_is_the_nearest_queue_else_the_farthest_target(operator):
    assert step_of(operator) == "/fairs/calendar/", "no fair of a hundred"
    factories.submitted_party("merchant", "沐白个护")
    waiting = operator.browser().get("/workbench/").context["queues"]
    assert step_of(operator) == waiting[0].url
    now = clock.now()
    due = Queue("late", "/late/", 2, now, clock.day_of(now))
    assert [operator_step([due]).url, operator_step([])] == ["/late/", None]


def test_front_pages_stand_before_there_is_a_window_or_a_round(agency, client):
    for path in ("/tiers/", "/certification/"):
        assert client.get(path).status_code == 200
    for name in ("star_home", "certification_home", "framework_list"):
        assert agency.browser().get(reverse(name)).status_code == 200


def test_creators_path_says_whether_it_may_come_to_the_next_fairs(creator, merchant):
    """Seats where it qualifies, the first threshold it misses where not; none it signed up for;
    three fairs cost what one does."""

    def card():
        found = [one for one in home_of(creator.actor).cards if one.key == "fairs"]
        return found[0] if found else None

    def cost():
        with CaptureQueriesContext(connection) as queries:
            card()
        return len(queries)

    assert card() is None, "no fair takes sign-ups"
    open_one = open_fair(2)
    assert [(row.tone, row.url) for row in card().rows] == [("ok", open_one.get_absolute_url())]
    first = cost()
    asks = {("creator", Measure.FOLLOWERS): 10_000}
    closed = open_fair(2, title="有门槛", thresholds=asks)
    open_fair(2, title="商家专场", roles=("merchant",))
    rows = card().rows
    assert [row.tone for row in rows] == ["ok", "warn"], "none without a seat for a creator"
    assert ("10,000" in rows[1].note, rows[1].url) == (True, closed.get_absolute_url())
    signed_up(creator.actor, open_one, creator.party)
    assert [row.tone for row in card().rows] == ["warn"]
    open_fair(2, title="另一场", thresholds=asks)
    assert cost() <= first + 3, "each measure once, however many fairs ask for it"


def test_agencys_home_shows_who_brings_most_and_its_framework(agency, operator):
    review = worthy(agency.party, net=900, stars=5)
    lazy = factories.listed_party("creator", "慢慢来")
    CountedCreator.objects.create(
        review=review, creator=lazy, net_fen=90, selling_days=1, lack="days"
    )
    framework = run_now(operator, agency)
    Framework.objects.filter(pk=framework.pk).update(
        target_fen=1_000, due_fen=500, actual_fen=400, projected_fen=800
    )
    cards = {card.key: card for card in home_of(agency.actor).cards}
    told = [(row.value, row.percent, row.tone) for row in cards["creators"].rows]
    assert told == [("¥9", 100, "ok"), ("¥0.90", 10, "warn")]
    reached = cards["framework"].rows[0]
    assert (reached.percent, reached.tone) == (40, "warn"), "below nine tenths of the plan"
    assert cards["framework"].url == framework.get_absolute_url()


def test_providers_next_step_is_what_lifts_the_score_most(provider):
    """And where it is offered; the reckoning is done once a rating."""
    peers, method = ratings.group(12), ratings.method()
    values = dict(zip(peers, ratings.peers_values(12), strict=True))
    snapshot = ratings.snapshot(method, values | {provider.party: ratings.AVERAGE})
    (rating,) = ratings_in(snapshot, provider.party)
    best = levers_of(board_of(rating, None))[0]
    Remedy.objects.update(is_open=False)
    step = home_of(provider.actor).next
    assert (best.line.name in step.title, step.url) == (True, "/evaluation/#levers")
    assert f"{best.gain:+.2f}" in step.text
    Remedy.objects.create(
        indicator=best.line.code, kind="course", title_zh="考证", title_en="Exam", url="/c/",
        origin="c:1",
    )  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        step = home_of(provider.actor).next
    assert (step.url, "考证" in step.text) == ("/c/", True)
    assert sum("evaluation_indicatorvalue" in one["sql"] for one in queries.captured_queries) == 0


def test_operators_read_their_queues_over_the_api(operator, merchant):
    factories.submitted_party("merchant", "沐白个护")
    told = operator.browser().get("/api/v1/workbench/queues/").json()
    assert [one["count"] for one in told][:1] == [1]
    assert told[-1]["count"] == 0
    shown = operator.browser().get("/workbench/").context
    assert [one["url"] for one in told] == [queue.url for queue in shown["queues"]]
    assert shown["fairs"][0].code == "fairs"
    assert merchant.browser().get("/api/v1/workbench/queues/").status_code == 403
    assert "fairs" not in merchant.browser().get("/workbench/").context


def test_home_waits_for_the_verification(operator):
    draft = factories.draft_party("merchant", "沐白个护")
    assert home_of(person_of(draft).actor).next is None
    assert not home_of(operator.actor).figures


def test_home_costs_the_same_for_one_partner_and_for_three(merchant, sold):
    def work_with(number):
        other = person_of(factories.listed_party("provider", f"服务商{number}"))
        need = factories.open_need(merchant.actor)
        proposal = factories.submitted_proposal(other.actor, need)
        needs.accept_proposal(merchant.actor, proposal=proposal)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            home_of(merchant.actor)
        return len(queries)

    work_with(1)
    cost()
    first = cost()
    work_with(2)
    work_with(3)
    assert cost() == first <= 9


def test_shortest_board_is_told_by_the_group_or_else_by_the_score():
    def card(*rows):
        return Card("rating", "", [Row(*row[:2], percent=row[2], gap=row[3]) for row in rows])

    rows = [("连接", "80", 80, -3.0), ("成长", "40", 40, 2.0), ("人才", "70", 70, -9.5)]
    assert shortest(card(*rows)).label == "人才", "the farthest below the middle, not the lowest"
    alone = [("连接", "80", 80, None), ("成长", "40", 40, None), ("健康", "—", None, None)]
    assert shortest(card(*alone)).label == "成长"
    assert shortest(card(("成长", "40", 40, 2.0))) is None
    assert shortest(None) is None
