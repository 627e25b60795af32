"""Machines of both sides hear of bills, and of every state of an agreement."""

from __future__ import annotations

import pytest

from portal.revenue import services
from portal.webhooks import catalogue
from portal.webhooks.fields import WebhookFields
from portal.webhooks.models import Event
from portal.webhooks.services import make_webhook
from tests import factories
from tests.conftest import staff_person
from tests.factories import SYSTEM
from tests.revenue.agreements.making import agreed, proposed, terms

from .making import bank_row, later, proved, raised

pytestmark = pytest.mark.django_db
EVENTS = sorted(
    name for name in catalogue.event_names() if name.startswith(("bill.", "agreement."))
)


@pytest.fixture(autouse=True)
def heard(merchant, creator, rival):
    for person in (merchant, creator, rival):
        fields = WebhookFields("https://8.8.8.8/hook", EVENTS)
        make_webhook(person.actor, party=person.party, fields=fields)


def told(person):
    rows = Event.objects.filter(party=person.party, type__startswith="bill.")
    return sorted(rows.values_list("type", flat=True))


def test_both_sides_hear_of_each_step_of_a_bill(merchant, creator, rival):
    bill = raised(merchant, creator)
    services.request_invoice(merchant.actor, bill=bill)
    services.issue_invoice(creator.actor, bill=bill, number="25442000")
    with later(5):
        services.tell_late_bills(SYSTEM)
        proved(bill, merchant)
        checker = staff_person("finance checker")
        services.return_proof(checker.actor, bill=bill, note="银行没有这笔")
        proved(bill, merchant)
        services.match_bill(checker.actor, bill=bill, row=bank_row())
    steps = ["raised", "invoice_asked", "invoiced", "late", "proved", "returned", "proved", "paid"]
    assert told(merchant) == told(creator) == sorted(f"bill.{step}" for step in steps)
    assert told(rival) == []
    last = Event.objects.filter(party=creator.party, type="bill.paid").get()
    assert (last.data["status"], last.data["bill"]) == ("paid", str(bill.pk))


def test_each_state_of_an_agreement_is_told(merchant, provider):
    first = proposed(merchant, provider)
    services.counter_version(provider.actor, version=first, terms=terms(3))
    second = first.agreement.versions.first()
    services.decline_version(merchant.actor, version=second)
    version = agreed(merchant, provider, seal={"by": ["payer"], "days": 3})
    scan = {"file": factories.picture(), "code": version.sha256[:8]}
    services.seal_by_scan(merchant.actor, version=version, **scan)
    rows = Event.objects.filter(party=merchant.party, type__startswith="agreement.").order_by("at")
    assert [(one.type.partition(".")[2], one.data["status"]) for one in rows] == [
        ("proposed", "open"),
        ("closed", "countered"),
        ("proposed", "open"),
        ("closed", "declined"),
        ("proposed", "open"),
        ("accepted", "sealing"),
        ("sealed", "sealing"),
        ("accepted", "accepted"),
    ]
