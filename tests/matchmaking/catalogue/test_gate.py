"""The creator's gate: what is missing on which day, the permission, and the deposit's money."""

from datetime import date, timedelta

import pytest

from matchmaking.catalogue import selectors, services
from matchmaking.catalogue.fields import MoveFields
from matchmaking.catalogue.models import CartPermission, DepositMove
from portal.activity.fields import FiguresFields
from portal.activity.selectors import creator_profile
from portal.activity.services import record_figures
from portal.activity.states import Source
from portal.conduct.models import Case
from portal.core import clock
from portal.core.verdict import Refused
from portal.ledger.models import Entry, Journal
from portal.ledger.states import Kind
from portal.notices.models import Notice
from portal.parties import services as parties
from portal.parties.models import RealName
from portal.policies.sources import LiveUse, live_uses
from tests import factories
from tests.conduct.making import notified, reported
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return staff_person("finance maker")


@pytest.fixture
def checker():
    return staff_person("finance checker")


@pytest.fixture
def ready(creator):
    """Real name, videos and followers are there; the deposit is not."""
    parties.give_real_name(creator.actor, party=creator.party, fields=factories.real_name_fields())
    RealName.objects.filter(party=creator.party).update(verified_at=clock.now())
    figures = FiguresFields(creator.party.pk, clock.today(), videos=40)
    record_figures(factories.SYSTEM, figures=[figures], source=Source.PLATFORM)
    return creator


def paid(creator, checker, reference="B-1"):
    move = services.report_payment(creator.actor, reference=reference)
    return services.approve_move(checker.actor, move=move)


def refused(status, service, *args, **kwargs):
    before = list(DepositMove.objects.order_by("pk").values()), Journal.objects.count()
    with pytest.raises(Refused) as caught:
        service(*args, **kwargs)
    assert caught.value.verdict.status == status, caught.value.verdict.reason
    assert (list(DepositMove.objects.order_by("pk").values()), Journal.objects.count()) == before
    return caught.value.verdict


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2019, 1, 1), ["videos", "followers"]),
        (date(2020, 6, 1), ["videos"]),
        (date(2020, 10, 20), ["videos", "deposit"]),
    ],
)
def test_rule_of_the_day_decides_what_is_asked(creator, day, names):
    steps = [step.name for step in selectors.gate_of(creator.party, day).steps]
    assert [name for name in steps if name != "real_name"] == names


@pytest.mark.parametrize(
    ("day", "use"),
    [
        (date(2020, 9, 5), LiveUse.FREE),
        (date(2020, 9, 6), LiveUse.BY_ORDER),
        (date(2020, 10, 8), LiveUse.BY_ORDER),
        (date(2020, 10, 9), LiveUse.SHUT),
    ],
)
def test_goods_of_other_platforms_in_live_rooms_by_the_day(day, use):
    uses = {one.source.value: one.use for one in live_uses(day)}
    assert uses["taobao"] == uses["jd"] == use
    assert uses["shop"] == LiveUse.FREE


def test_permission_is_granted_at_once_or_says_what_is_missing(creator):
    verdict = refused(422, services.ask_permission, creator.actor)
    assert "11" in str(verdict.reason)
    assert not CartPermission.objects.exists()


def test_creator_with_everything_may_share_goods_once_the_deposit_is_booked(ready, checker):
    services.ask_permission(ready.actor)
    refused(409, services.ask_permission, ready.actor)
    gate = selectors.gate_of(ready.party)
    assert (gate.is_open, gate.due_fen) == (False, 50_000)
    paid(ready, checker)
    gate = selectors.gate_of(ready.party)
    assert (gate.is_open, gate.balance_fen, gate.due_fen) == (True, 50_000, 0)
    assert Notice.objects.filter(event="deposit.decided", user=ready.user).exists()


def test_deposit_stands_in_the_books_as_a_debt_to_the_creator(creator, checker):
    move = paid(creator, checker)
    journal = Journal.objects.get(key=f"deposit/{move.pk}")
    legs = dict(Entry.objects.filter(journal=journal).values_list("account__kind", "amount"))
    assert legs == {Kind.DEPOSIT: 50_000, Kind.CUSTODY: -50_000}


def test_payment_is_reported_once_a_number_and_booked_once(creator, agency, checker):
    refused(403, services.report_payment, agency.actor, reference="B-1")
    refused(422, services.report_payment, creator.actor, reference=" ")
    move = services.report_payment(creator.actor, reference="B-1")
    refused(409, services.report_payment, creator.actor, reference="B-2")
    refused(403, services.approve_move, creator.actor, move=move)
    services.approve_move(checker.actor, move=move)
    refused(409, services.approve_move, checker.actor, move=move)
    refused(409, services.report_payment, creator.actor, reference="B-3")


def test_refund_ends_the_permission_and_empties_the_deposit(ready, checker):
    services.ask_permission(ready.actor)
    paid(ready, checker)
    move = services.ask_refund(ready.actor, why="不再带货")
    services.approve_move(checker.actor, move=move)
    assert selectors.deposit_of(ready.party.pk) == 0
    assert CartPermission.objects.get().ended_why
    refused(409, services.ask_refund, ready.actor, why="再退")


def test_penalty_follows_a_case_and_needs_a_second_person(
    creator, merchant, maker, checker, operator
):
    paid(creator, checker)
    case = notified(operator.actor, reported(merchant.actor, creator.party))
    assert Case.objects.filter(pk=case.pk).exists()
    fields = MoveFields("penalty", 20_000, "虚假宣传", case.pk)
    refused(403, services.propose_move, checker.actor, creator=creator.party, fields=fields)
    for wrong in (
        MoveFields("penalty", 20_000, "无案件"),
        MoveFields("penalty", 60_000, "超过保证金", case.pk),
        MoveFields("penalty", 20_000, " ", case.pk),
    ):
        refused(422, services.propose_move, maker.actor, creator=creator.party, fields=wrong)
    move = services.propose_move(maker.actor, creator=creator.party, fields=fields)
    assert Notice.objects.filter(event="deposit.penalty", user=creator.user).exists()
    refused(403, services.approve_move, maker.actor, move=move)
    refused(403, services.withdraw_move, creator.actor, move=move)
    services.approve_move(checker.actor, move=move)
    gate = selectors.gate_of(creator.party)
    assert (gate.balance_fen, gate.due_fen) == (30_000, 20_000)
    kinds = dict(
        Entry.objects.filter(journal__key=f"deposit/{move.pk}").values_list(
            "account__kind", "amount"
        )
    )
    assert kinds == {Kind.DEPOSIT: -20_000, Kind.PENALTIES: 20_000}


def test_permission_is_ended_by_operators_with_a_reason(ready, operator, maker):
    permission = services.ask_permission(ready.actor)
    refused(403, services.end_permission, maker.actor, permission=permission, why="违规")
    refused(422, services.end_permission, operator.actor, permission=permission, why=" ")
    services.end_permission(operator.actor, permission=permission, why="多次违规")
    refused(409, services.end_permission, operator.actor, permission=permission, why="再")
    refused(409, services.ask_permission, ready.actor)
    with clock.standing_at(clock.now() + timedelta(days=91)):
        assert services.ask_permission(ready.actor).pk != permission.pk


def test_page_shows_what_is_missing_and_the_rules_of_a_day(creator, agency):
    browser = creator.browser()
    page = browser.get("/gate/")
    assert page.status_code == 200
    assert page.context["now"].due_fen == 50_000
    past = browser.get("/gate/?on=2019-01-01")
    assert [step.name for step in past.context["gate"].steps][-1] == "followers"
    browser.post("/gate/payment/", {"reference": "B-77"})
    assert DepositMove.objects.get().reference == "B-77"
    assert browser.post("/gate/payment/", {"reference": "B-78"}).status_code == 200
    assert agency.browser().get("/gate/").status_code == 403
    assert browser.get("/rules/?on=2020-09-10").status_code == 200


def test_anybody_reads_the_rules_of_a_day(visitor):
    html = visitor.get("/rules/?on=2020-09-10").content.decode()
    assert "2020-09-06" in html
    assert clock.today() > date(2020, 9, 10) + timedelta(days=1)


def test_profile_reads_the_deposit_from_the_books(ready, checker):
    said = FiguresFields(ready.party.pk, clock.today(), videos=40, deposit_fen=90_000)
    record_figures(factories.SYSTEM, figures=[said], source=Source.PLATFORM)
    assert creator_profile(ready.party)["deposit"] is None, "the books know of none yet"
    paid(ready, checker)
    profile = creator_profile(ready.party)
    assert profile["deposit"] == 50_000
    assert profile["eligibility"].is_met is True
    move = services.ask_refund(ready.actor, why="不做了")
    services.approve_move(checker.actor, move=move)
    assert creator_profile(ready.party)["eligibility"].is_met is False


def test_operator_ends_a_permission_with_a_reason_the_creator_reads(ready, client):
    permission = services.ask_permission(ready.actor)
    operator = staff_person("operator")
    client.force_login(operator.user)
    url = f"/admin/catalogue/cartpermission/{permission.pk}/ending/"
    assert url in client.get("/admin/catalogue/cartpermission/").content.decode()
    assert client.post(url, {"note": ""}).status_code == 200
    assert CartPermission.objects.get().ended_at is None
    assert client.post(url, {"note": "多次违规带货"}).status_code == 302
    ended = CartPermission.objects.get()
    assert (ended.ended_why, ended.ended_by) == ("多次违规带货", operator.user)
    assert Notice.objects.filter(user=ready.user, params__reason="多次违规带货").exists()
    assert url not in client.get("/admin/catalogue/cartpermission/").content.decode()
