"""Disputes: lines that wait, both sides' words, the clock, a decision and a second look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from matchmaking.cooperation import selectors, services
from matchmaking.cooperation.doors import Through
from matchmaking.cooperation.fields import DisputeFields, Terms
from matchmaking.cooperation.models import Closing, Dispute
from matchmaking.cooperation.services import holding, open_cooperation
from matchmaking.cooperation.states import Door
from portal.core import clock
from portal.core.actor import OPERATOR, Actor, system_actor
from portal.core.jobs import run_job
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership, User
from portal.parties.staff import grant_staff
from portal.parties.states import Role
from portal.revenue.models import LineHold
from portal.revenue.services import hold_lines, release_lines
from tests import factories
from tests.conftest import Person
from tests.factories import SYSTEM, at_once
from tests.revenue.orders.telling import GROSS, Order, books, record

pytestmark = pytest.mark.django_db
SHARE = GROSS * 1_000 // 10_000


@pytest.fixture
def sold(merchant, provider):
    """10% of each order, and one that has settled; it is the third day of the work."""
    terms = Terms(
        "代运营", "每周五场", 1_000_000, 1_000, clock.today(), 3, gmv_target_fen=GROSS * 2
    )
    cooperation = open_cooperation(
        provider.actor,
        door=Through(Door.RECRUITING, "1", "9"),
        merchant=merchant.party,
        provider=provider.party,
        terms=terms,
    )
    with clock.standing_at(clock.now() + timedelta(days=2)):
        services.sweep_cooperations(SYSTEM)
        cooperation.refresh_from_db()
        order = Order(merchant)
        record(order.paid(), order.settled())
        yield cooperation


def disputed(person, cooperation, **changes):
    values = {
        "reason": "quality",
        "wanted_bp": 5_000,
        "first_day": cooperation.starts_on,
        "last_day": cooperation.last_day,
        "text": "少播了三场",
    }
    fields = DisputeFields(**(values | changes))
    return services.open_dispute(person.actor, cooperation=cooperation, fields=fields)


def of(person, kind="share"):
    return books().get((person.party.pk, kind, "settled"), 0)


def decided(person, dispute, returned_bp=5_000):
    return services.decide_dispute(
        person.actor, dispute=dispute, returned_bp=returned_bp, decision="少播属实"
    )


@pytest.fixture
def second(db):
    """Another operator."""
    user = factories.user("second@example.com", "二审")
    group = Group.objects.get(name="operator")
    grant_staff(system_actor("command"), person=user, groups=[group])
    user = User.objects.get(pk=user.pk)
    return Person(user, None, Actor(user=user, party=None, role=OPERATOR, via="web"))


def test_dispute_holds_lines_until_it_is_closed(sold, merchant, provider, operator):
    before = of(merchant)
    assert of(provider) == SHARE
    dispute = disputed(merchant, sold)
    assert (of(provider), of(provider, "held")) == (0, SHARE)
    assert dispute.waits_for == "other"
    services.speak_in_dispute(provider.actor, dispute=dispute, text="平台故障，有截图")
    dispute.refresh_from_db()
    assert (dispute.status, dispute.waits_for) == ("answered", "operator")
    decided(operator, dispute)
    assert of(provider, "held") == SHARE, "either side may still appeal"
    dispute.refresh_from_db()
    with clock.standing_at(dispute.due_at + timedelta(minutes=1)):
        services.sweep_disputes(SYSTEM)
        services.sweep_disputes(SYSTEM)
    dispute.refresh_from_db()
    assert (dispute.status, of(provider, "held")) == ("closed", 0)
    assert (of(provider), of(merchant)) == (SHARE - SHARE // 2, before + SHARE // 2)
    assert sum(books().values()) == 0
    assert Notice.objects.filter(event="cooperation.dispute_closed").exists()


def test_many_lines_are_held_and_released_by_a_job(sold, merchant, provider, monkeypatch):
    monkeypatch.setattr(holding, "AT_ONCE", 1)
    for number in range(2):
        order = Order(merchant, order=f"J{number}")
        record(order.paid(), order.settled())
    dispute = disputed(merchant, sold)
    assert (of(provider), of(provider, "held")) == (2 * SHARE, SHARE)
    job = services.job_of(dispute)
    page = merchant.browser().get(dispute.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page
    run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.done, of(provider, "held")) == ("done", 2, 3 * SHARE)
    assert services.job_of(dispute) is None
    services.withdraw_dispute(merchant.actor, dispute=dispute)
    assert holding.holds_left(sold.disputes.all())
    run_job(str(services.job_of(dispute).pk))
    assert (of(provider), of(provider, "held")) == (3 * SHARE, 0)
    assert not holding.holds_left(sold.disputes.all())


def test_what_went_back_stays_there_whoever_disputes_again(sold, merchant, provider, operator):
    before, dispute = of(merchant), disputed(merchant, sold)
    services.speak_in_dispute(provider.actor, dispute=dispute, text="不属实")
    dispute.refresh_from_db()
    decided(operator, dispute)
    dispute.refresh_from_db()
    with clock.standing_at(dispute.due_at + timedelta(minutes=1)):
        services.sweep_disputes(SYSTEM)
    for person in (merchant, provider):
        with pytest.raises(Refused) as caught:
            disputed(person, sold)
        assert caught.value.verdict.flaws[0].field == "first_day", "decided already"
    lines, again = LineHold.objects.values_list("line", flat=True), {"cause_type": "t"}
    held = hold_lines(SYSTEM, lines=list(lines), roles=["provider"], cause_id="2", **again)
    assert (held, of(merchant)) == (1, before + SHARE // 2)
    release_lines(SYSTEM, cause_id="2", **again)
    assert (of(provider), of(merchant)) == (SHARE - SHARE // 2, before + SHARE // 2)


def test_one_side_takes_back_three_disputes_at_most(sold, merchant):
    for _time in range(3):
        services.withdraw_dispute(merchant.actor, dispute=disputed(merchant, sold))
    with pytest.raises(Refused) as caught:
        disputed(merchant, sold)
    assert caught.value.verdict.status == 409


def test_nobody_decides_about_a_party_of_their_own(sold, merchant, provider, operator):
    Membership.objects.create(
        user=operator.user, party=merchant.party, role=Role.MEMBER, created_at=clock.now()
    )
    dispute = disputed(merchant, sold)
    services.speak_in_dispute(provider.actor, dispute=dispute, text="不属实")
    dispute.refresh_from_db()
    with pytest.raises(Refused) as caught:
        decided(operator, dispute)
    assert caught.value.verdict.status == 403


def test_silence_goes_to_the_decision(sold, merchant):
    dispute = disputed(merchant, sold)
    with clock.standing_at(dispute.due_at + timedelta(minutes=1)):
        services.sweep_disputes(SYSTEM)
    dispute.refresh_from_db()
    assert dispute.status == "answered"


def test_order_that_comes_in_later_is_held_too(sold, merchant, provider):
    dispute = disputed(merchant, sold)
    order = Order(merchant, order="D2")
    record(order.paid(), order.settled())
    assert of(provider, "held") == SHARE
    services.sweep_disputes(SYSTEM)
    assert of(provider, "held") == 2 * SHARE
    assert LineHold.objects.filter(cause_id=str(dispute.pk)).count() == 2


def test_second_look_is_anothers(sold, merchant, provider, operator, second):
    dispute = disputed(merchant, sold)
    services.speak_in_dispute(provider.actor, dispute=dispute, text="不属实")
    dispute.refresh_from_db()
    decided(operator, dispute, 10_000)
    services.appeal_dispute(provider.actor, dispute=dispute, text="证据未看")
    dispute.refresh_from_db()
    with pytest.raises(Refused) as caught:
        decided(operator, dispute)
    assert caught.value.verdict.status == 403
    decided(second, dispute, 0)
    dispute.refresh_from_db()
    assert (dispute.status, dispute.returned_bp) == ("closed", 0)
    assert of(provider) == SHARE


def test_withdrawn_dispute_pays_as_agreed(sold, merchant, provider):
    dispute = disputed(merchant, sold)
    with pytest.raises(Refused):
        services.withdraw_dispute(provider.actor, dispute=dispute)
    services.withdraw_dispute(merchant.actor, dispute=dispute)
    assert (of(provider), of(provider, "held")) == (SHARE, 0)


def test_who_disputes_what(sold, merchant, provider, colleague, rival):
    for person in (colleague, rival):
        with pytest.raises(Refused):
            disputed(person, sold)
    for wrong in ({"text": ""}, {"wanted_bp": 10_001}, {"reason": "x"}):
        with pytest.raises(Refused) as caught:
            disputed(merchant, sold, **wrong)
        assert caught.value.verdict.status == 422
    assert not Dispute.objects.exists()
    disputed(merchant, sold)
    with pytest.raises(Refused):
        disputed(provider, sold)


@pytest.mark.django_db(transaction=True)
def test_two_operators_decide_at_once(sold, merchant, provider, operator):
    dispute = disputed(merchant, sold)
    services.speak_in_dispute(provider.actor, dispute=dispute, text="不属实")
    answers = at_once(lambda: decided(operator, dispute), lambda: decided(operator, dispute))
    assert sum(isinstance(one, Refused) for one in answers) == 1


# --- figures, returns and closing -----------------------------------------------------------------


def test_figures_are_those_of_the_books(sold, merchant, provider):
    order = Order(merchant, order="D2")
    record(order.paid(), order.settled(), order.refunded(4_900))
    record(Order(merchant, order="D3").paid())
    found = selectors.standing_figures(sold)
    settled = -books()[None, "clearing", "settled"]
    assert (found.lines.lines, found.lines.net_fen) == (3, settled)
    assert found.lines.open_fen == GROSS
    assert found.dues.by_lines_fen == of(provider)
    assert found.dues.attained_bp == settled * 10_000 // (GROSS * 2)
    assert found.dues.fees_fen == 1_000_000


def test_returns_add_up_to_the_books(sold, merchant, provider):
    record(Order(merchant, order="D2", product="x").paid())
    mine, all_of_them = selectors.returns_of(merchant.actor), selectors.returns_of_all()
    for returns in (mine, all_of_them, selectors.returns_of(provider.actor)):
        assert [one.door for one in returns.doors] == [Door.RECRUITING]
        assert returns.lines.net_fen == -books()[None, "clearing", "settled"]
        assert returns.lines.paid_fen == 2 * GROSS
    assert [(one.key, one.lines.net_fen) for one in mine.doors[0].sources] == [("9", GROSS)]


def test_cooperation_is_settled_once_nothing_is_open(sold, merchant, provider):
    open_order = Order(merchant, order="D2")
    record(open_order.paid())
    for person in (merchant, provider):
        services.complete_cooperation(person.actor, cooperation=sold)
    with clock.standing_at(clock.now() + timedelta(days=16)):
        assert services.settle_cooperations(SYSTEM) == 0, "a line may still settle"
        record(open_order.refunded())
        assert services.settle_cooperations(SYSTEM) == 1
        assert services.settle_cooperations(SYSTEM) == 0
    sold.refresh_from_db()
    closing = Closing.objects.get()
    assert (sold.status, closing.lines, closing.net_fen) == ("settled", 2, GROSS)
    assert closing.by_lines_fen == of(provider)


def test_pages_show_the_clock_to_both_sides(sold, merchant, provider, operator, rival):
    dispute = disputed(merchant, sold)
    url = dispute.get_absolute_url()
    for person in (merchant, provider, operator):
        page = person.browser().get(url)
        assert page.status_code == 200
        assert "少播了三场" in page.content.decode()
    assert rival.browser().get(url).status_code == 404
    for person in (merchant, provider):
        html = person.browser().get(sold.get_absolute_url()).content.decode()
        assert url in html
        assert person.browser().get("/cooperations/returns/").status_code == 200
