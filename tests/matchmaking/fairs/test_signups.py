"""Signing up: an answer at once, with its reason; a freed seat for who is next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from matchmaking.fairs import services
from matchmaking.fairs.fields import CodeFields
from matchmaking.fairs.models import Fair, InvitationCode, SignUp
from matchmaking.fairs.selectors import checks_of, year_progress
from matchmaking.fairs.states import Measure
from portal.core import clock, outbox
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.states import PartyKind
from portal.seats.models import Claim, Pool
from portal.seats.selectors import differences
from portal.seats.states import Admission
from tests import factories
from tests.conftest import person_of
from tests.factories import SYSTEM
from tests.matchmaking.fairs.making import fair_fields, open_fair, signed_up
from tests.tiers.making import creators_of

pytestmark = pytest.mark.django_db


def refused(call) -> int:
    before = SignUp.objects.count(), list(Pool.objects.values_list("taken", "held"))
    with pytest.raises(Refused) as found:
        call()
    assert (SignUp.objects.count(), list(Pool.objects.values_list("taken", "held"))) == before
    return found.value.verdict.status


def test_merchant_signs_up_with_products_and_is_told(merchant):
    fair = open_fair()
    made = signed_up(merchant.actor, fair, merchant.party)
    assert (made.status, made.shown.count()) == ("confirmed", 1)
    outbox.dispatch()
    assert Notice.objects.filter(user=merchant.user, event="fair.confirmed").count() == 1


def test_pressing_twice_signs_up_once(creator):
    fair = open_fair()
    first = signed_up(creator.actor, fair, creator.party)
    assert signed_up(creator.actor, fair, creator.party).pk == first.pk
    assert refused(lambda: signed_up(creator.actor, fair, creator.party, key="other")) == 409


def test_full_fair_queues_and_a_freed_seat_is_offered_and_taken(creator):
    fair = open_fair(seats=1)
    first = person_of(factories.listed_party(PartyKind.CREATOR, "先来的"))
    seat = signed_up(first.actor, fair, first.party)
    mine = signed_up(creator.actor, fair, creator.party)
    assert mine.status == "waiting"
    services.withdraw_sign_up(first.actor, sign_up=seat)
    mine.claim.refresh_from_db()
    assert mine.status == "offered"
    outbox.dispatch()
    told = Notice.objects.filter(user=creator.user, event__startswith="fair.")
    events = told.values_list("event", flat=True)
    assert sorted(events) == ["fair.offered", "fair.waiting"]
    assert services.take_up_offer(creator.actor, sign_up=mine).status == "confirmed"
    assert not differences()


def test_thresholds_answer_at_once_with_the_reason(creator, merchant):
    asked = {
        ("creator", Measure.FOLLOWERS): 10_000,
        ("merchant", Measure.COMMISSION): 2_500,
        ("merchant", Measure.REPUTATION): 430,
    }
    fair = open_fair(thresholds=asked)
    assert refused(lambda: signed_up(creator.actor, fair, creator.party)) == 422
    with pytest.raises(Refused) as found:
        signed_up(merchant.actor, fair, merchant.party)
    assert "25%" in str(found.value.verdict.reason)
    fair = Fair.objects.get(pk=fair.pk)
    checks = {check.measure: check.is_met for check in checks_of(fair, merchant.party)}
    assert checks == {"commission": False, "reputation": True}  # too new to be rated


def test_nobody_signs_up_for_others(creator, merchant, agency, stranger, colleague):
    fair = open_fair()
    for person in (merchant, agency, stranger):
        assert refused(lambda p=person: signed_up(p.actor, fair, creator.party)) == 403
    assert refused(lambda: signed_up(colleague.actor, fair, merchant.party)) == 403


def test_products_are_the_merchants_own_and_not_too_many(merchant):
    fair = open_fair(most_products=1)
    other = person_of(factories.listed_party(PartyKind.MERCHANT, "别家"))
    theirs = factories.listed_product(other.actor).pk
    draft = factories.draft_product(merchant.actor).pk
    mine = [factories.listed_product(merchant.actor).pk for _n in range(2)]
    for keys, status in (([], 422), (mine, 422), ([theirs], 403), ([draft], 409)):
        call = lambda k=keys: signed_up(  # noqa: E731 - one line a turn
            merchant.actor, fair, merchant.party, product_ids=k
        )
        assert refused(call) == status


def test_operator_signs_up_on_behalf_and_decides(creator, operator):
    fair = open_fair(admission=Admission.CURATED)
    made = signed_up(operator.actor, fair, creator.party)
    assert made.status == "submitted"
    assert refused(lambda: services.accept_sign_up(creator.actor, sign_up=made)) == 403
    assert services.accept_sign_up(operator.actor, sign_up=made).status == "confirmed"
    services.reject_sign_up(operator.actor, sign_up=made, why="重复报名")
    made.claim.refresh_from_db()
    assert (made.status, made.claim.reason) == ("rejected", "重复报名")


def test_invitation_code_opens_early_and_counts_its_uses(creator):
    now = clock.now()
    fair = open_fair(
        opens_at=now + timedelta(hours=1), thresholds={("creator", Measure.FOLLOWERS): 10_000}
    )
    fields = CodeFields(most_uses=1, ends_at=now + timedelta(days=1), waives=True)
    code = services.make_code(SYSTEM, fair=fair, fields=fields)
    assert refused(lambda: signed_up(creator.actor, fair, creator.party)) == 409
    assert refused(lambda: signed_up(creator.actor, fair, creator.party, code="FALSCH22")) == 422
    made = signed_up(creator.actor, fair, creator.party, code=code.code.lower())
    assert made.status == "confirmed"
    late = person_of(factories.listed_party(PartyKind.CREATOR, "晚来的"))
    assert refused(lambda: signed_up(late.actor, fair, late.party, code=code.code)) == 409
    assert InvitationCode.objects.get().uses == 1


def test_cancelled_fair_tells_everybody_why(creator, operator):
    fair = open_fair()
    signed_up(creator.actor, fair, creator.party)
    assert refused(lambda: services.cancel_fair(operator.actor, fair=fair, why="")) == 422
    services.cancel_fair(operator.actor, fair=fair, why="场馆停电")
    outbox.dispatch()
    assert Claim.objects.get().status == "cancelled"
    notice = Notice.objects.get(user=creator.user, event="fair.cancelled")
    assert notice.params["reason"] == "场馆停电"
    assert refused(lambda: signed_up(creator.actor, fair, creator.party, key="again")) == 409


def test_calendar_moves_a_fair_and_the_year_counts_it(creator):
    fair = open_fair()
    signed_up(creator.actor, fair, creator.party)
    for days, status in ((11, "curating"), (14, "live"), (16, "closed")):
        with clock.standing_at(clock.now() + timedelta(days=days, minutes=1)):
            services.sweep_fairs(SYSTEM)
        fair.refresh_from_db()
        assert fair.status == status
    year = fair.starts_at.astimezone(clock.SHANGHAI).year
    progress = year_progress(year)
    assert (progress.fairs, progress.held["fairs"], progress.parties) == (1, 1, {"creator": 1})


def test_changing_a_fair_keeps_taken_seats(creator, operator):
    fair = open_fair(seats=2)
    signed_up(creator.actor, fair, creator.party)
    fields = fair_fields(seats=1)
    services.change_fair(operator.actor, fair=fair, fields=fields)
    assert set(Pool.objects.values_list("capacity", flat=True)) == {1}
    category = next(iter(fields.seats))[1]
    gone = replace(fields, seats={("merchant", category): 3})
    with pytest.raises(Refused):
        services.change_fair(operator.actor, fair=fair, fields=gone)


def test_agency_that_brought_all_it_may_finds_its_sign_up_again(agency):
    """The same key once more, also where nobody else may be brought."""
    fair = open_fair(creators_per_agency=1)
    one, other = creators_of(agency, 2, since=clock.today() - timedelta(days=20))
    made = signed_up(agency.actor, fair, one.party)
    assert signed_up(agency.actor, fair, one.party).pk == made.pk
    with pytest.raises(Refused) as error:
        signed_up(agency.actor, fair, other.party)
    assert error.value.verdict.status == 409
