"""The rebate of an annual framework: the platform pays it, month by month, out of its fees."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.verdict import Refused
from portal.ledger.models import Entry
from portal.parties.states import PartyKind
from portal.settlement import services
from portal.settlement.models import TrueUp
from portal.tiers.selectors import rebate_for
from tests import factories
from tests.conftest import person_of, staff_person
from tests.revenue.orders.telling import Order, record
from tests.tiers.frameworks.making import at, signed
from tests.tiers.making import creators_of

from .making import is_right, merged, statement_of

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY = date(2027, 1, 1), date(2027, 2, 1)


def sell(merchant, creator, name, gross, day):
    with at(day):
        order = Order(merchant, creator, order=name, buyer=name)
        record(order.paid(gross), order.settled(gross, hours=72))
    return order


def test_a_rebate_is_posted_and_a_late_refund_corrects_it(merchant, agency, maker, checker):
    with at(date(2026, 12, 1)):
        creators = creators_of(agency, 1, since=date(2026, 12, 2))
    with at(date(2026, 12, 10)):
        framework = signed(staff_person("operator"), agency, starts_on=JANUARY)
    version = framework.agreement.versions.get()
    sell(merchant, creators[0], "N0", 5_000_000, date(2026, 12, 20))  # before it began
    first = sell(merchant, creators[0], "N1", 90_000_000, date(2027, 1, 5))
    sell(merchant, creators[0], "N2", 30_000_000, date(2027, 1, 15))
    with at(date(2027, 2, 10)):
        run = services.prepare_run(maker.actor, month=JANUARY, in_background=False)
        services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
    row = TrueUp.objects.get()
    owed = rebate_for(version, framework.months[0], 120_000_000)
    assert (row.net_fen, row.amount_fen, row.corrects) == (120_000_000, owed, None)
    assert owed == 100_000_000 // 100 + 20_000_000 * 2 // 100
    assert statement_of(agency).true_ups == owed
    fees = Entry.objects.filter(account__kind="fees", journal__cause_type="true_up")
    assert sum(fees.values_list("amount", flat=True)) == -owed
    assert is_right()

    with at(date(2027, 2, 18)):
        services.agree_silent(maker.actor)
        services.approve_statements(checker.actor, run=run)
        record(first.refunded(40_000_000, hours=24 * 40))
    with at(date(2027, 3, 10)):
        run = services.prepare_run(maker.actor, month=FEBRUARY, in_background=False)
        services.run_now(maker.actor, run=run)
    late = TrueUp.objects.get(corrects=JANUARY)
    assert (late.posted_in, late.net_fen) == (FEBRUARY, 80_000_000)
    assert late.amount_fen == 80_000_000 // 100 - owed
    assert statement_of(agency).total == late.amount_fen
    assert is_right()


def test_a_merge_of_the_agency_takes_no_rebate_back(merchant, agency, maker, checker):
    """The framework goes where its paper and its creators go."""
    with at(date(2026, 12, 1)):
        creators = creators_of(agency, 1, since=date(2026, 12, 2))
        survivor = factories.listed_party(PartyKind.AGENCY, "云上")
    with at(date(2026, 12, 10)):
        framework = signed(staff_person("operator"), agency, starts_on=JANUARY)
    first = sell(merchant, creators[0], "N1", 120_000_000, date(2027, 1, 5))
    with at(date(2027, 2, 10)):
        run = services.prepare_run(maker.actor, month=JANUARY, in_background=False)
        services.send_statements(maker.actor, run=services.run_now(maker.actor, run=run))
    with at(date(2027, 2, 18)):
        services.agree_silent(maker.actor)
        services.approve_statements(checker.actor, run=run)
        merged(agency.party, survivor)
        record(first.refunded(40_000_000, hours=24 * 40))
    framework.refresh_from_db()
    assert framework.party == survivor == framework.agreement.payee
    with at(date(2027, 3, 10)):
        run = services.prepare_run(maker.actor, month=FEBRUARY, in_background=False)
        services.run_now(maker.actor, run=run)
    late = TrueUp.objects.get(corrects=JANUARY)
    owed = rebate_for(framework.agreement.versions.get(), framework.months[0], 120_000_000)
    assert (late.net_fen, late.amount_fen) == (80_000_000, 80_000_000 // 100 - owed)
    assert is_right()


def test_two_agencies_with_a_framework_each_are_not_merged(agency, operator):
    """For some of the same months: no rebate is paid for the same sales twice."""
    other = factories.listed_party(PartyKind.AGENCY, "云上")
    with at(date(2026, 12, 10)):
        signed(operator, agency, starts_on=FEBRUARY)
        framework = signed(operator, person_of(other), starts_on=JANUARY)
        with pytest.raises(Refused) as caught:
            merged(other, agency.party)
    assert caught.value.verdict.status == 409
    framework.refresh_from_db()
    assert framework.party == other
