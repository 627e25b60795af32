"""Two of finance press at the same moment: one wins, the other is told."""

from __future__ import annotations

import pytest

from portal.core.verdict import Refused
from portal.revenue import services
from portal.revenue.models import Bill, BillStep
from tests import factories
from tests.conftest import staff_person

from .making import bank_row, proved, raised

pytestmark = pytest.mark.django_db(transaction=True)


def one_refused(answers):
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.verdict.status == 409
    assert Bill.objects.filter(status="paid").count() == 1
    assert BillStep.objects.filter(kind="paid").count() == 1


def test_one_bank_row_for_two_bills_at_once(merchant, creator, provider):
    first, second = (proved(raised(merchant, other), merchant) for other in (creator, provider))
    checker, row = staff_person("finance checker").actor, bank_row()
    answers = factories.at_once(
        lambda: services.match_bill(checker, bill=first, row=row),
        lambda: services.match_bill(checker, bill=second, row=row),
        behind=Bill.objects.all(),
    )
    one_refused(answers)


def test_two_bank_rows_for_one_bill_at_once(merchant, creator):
    bill = proved(raised(merchant, creator), merchant)
    checker = staff_person("finance checker").actor
    rows = [bank_row(reference=number) for number in ("B1", "B2")]
    answers = factories.at_once(
        *[lambda row=row: services.match_bill(checker, bill=bill, row=row) for row in rows],
        behind=Bill.objects.all(),
    )
    one_refused(answers)
