"""Corrections: two people, the open month, the day of effect; what they correct stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from portal.core.verdict import Refused
from portal.ledger.models import Entry
from portal.settlement import services
from portal.settlement.fields import AdjustmentFields
from portal.settlement.models import Adjustment, Statement
from tests.revenue.orders.telling import books

from .making import APRIL, MARCH, approved, is_right, on, papers, sold, statement_of

pytestmark = pytest.mark.django_db


def fields(person, **changes):
    defaults = {
        "party_id": person.party.pk,
        "amount_fen": -5_000,
        "effective_on": date(2026, 3, 20),
        "reason": "三月少扣运费",
    }
    return AdjustmentFields(**(defaults | changes))


@pytest.fixture
def closed(merchant, creator, maker, checker):
    papers(merchant, creator)
    sold(merchant, creator, "D1", month=3)
    with on(4, 12):
        approved(maker, checker, MARCH)


def test_a_closed_month_is_corrected_in_the_open_one(closed, merchant, creator, maker, checker):
    march = statement_of(creator)
    journal = Entry.objects.filter(account__party=creator.party, account__kind="share").first()
    with on(4, 22):
        made = services.prepare_adjustment(
            maker.actor,
            fields=fields(
                creator,
                counter_party_id=merchant.party.pk,
                statement_id=march.pk,
                journal_id=journal.journal_id,
            ),
        )
        assert made.journal is None
        services.approve_adjustment(checker.actor, adjustment=made)
    made.refresh_from_db()
    assert (made.journal.period, made.journal.occurred_at.date()) == (APRIL, date(2026, 3, 20))
    assert Statement.objects.get(pk=march.pk).total == march.total
    with on(5, 12):
        approved(maker, checker, APRIL)
    april = statement_of(creator)
    assert (april.adjusted, april.total, april.negative_since) == (-5_000, -5_000, APRIL)
    assert statement_of(merchant).adjusted == 5_000
    assert is_right()


def test_what_cannot_be_is_refused_with_its_field(closed, creator, merchant, maker, provider):
    with on(4, 22):
        for change, field in (
            ({"amount_fen": 0}, "amount_fen"),
            ({"effective_on": date(2026, 5, 1)}, "effective_on"),
            ({"reason": " "}, "reason"),
            ({"party_id": 0}, "party_id"),
            ({"counter_party_id": creator.party.pk}, "counter_party_id"),
            ({"statement_id": statement_of(merchant).pk}, "statement_id"),
            ({"journal_id": 0}, "journal_id"),
        ):
            with pytest.raises(Refused) as error:
                services.prepare_adjustment(maker.actor, fields=fields(creator, **change))
            assert error.value.verdict.flaws[0].field == field
        with pytest.raises(Refused):
            services.prepare_adjustment(provider.actor, fields=fields(creator))
    assert not Adjustment.objects.exists()


def test_declined_posts_nothing(closed, creator, maker, checker):
    before = books()
    with on(4, 22):
        made = services.prepare_adjustment(maker.actor, fields=fields(creator))
        services.decline_adjustment(checker.actor, adjustment=made, why="没有凭据")
        with pytest.raises(Refused):
            services.approve_adjustment(checker.actor, adjustment=made)
    assert books() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Adjustment.objects.update(status="approved")
