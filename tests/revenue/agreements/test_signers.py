"""Who signs for a party: owners; whom they named, within limits; else managers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from portal.parties.models import Membership
from portal.parties.states import Role
from portal.revenue import services
from portal.revenue.models import Acceptance, SigningPower, VersionSeal
from tests import factories
from tests.revenue.bills.making import later, part

from .making import FEE, agreed, colleague_of, named, proposed, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(provider):
    return colleague_of(provider, Role.MANAGER)


@pytest.fixture
def finance(provider):
    return colleague_of(provider, Role.FINANCE)


def refused(status, act, *args, **kwargs):
    known = Acceptance.objects.count(), VersionSeal.objects.count(), SigningPower.objects.count()
    with pytest.raises(Refused) as error:
        act(*args, **kwargs)
    assert error.value.verdict.status == status
    counted = Acceptance.objects.count(), VersionSeal.objects.count(), SigningPower.objects.count()
    assert counted == known
    return str(error.value)


def accept(person, version):
    return services.accept_version(person.actor, version=version)


def test_managers_sign_until_somebody_is_named(merchant, provider, manager, finance):
    version = proposed(merchant, provider)
    refused(403, accept, finance, version)
    power = named(provider, finance)
    refused(403, accept, manager, version)
    assert Notice.objects.filter(user=finance.user, event="agreement.signer_named").count() == 1
    services.end_power(provider.actor, power=power)
    refused(403, accept, finance, version)
    assert accept(manager, version).status == "accepted"


def test_who_is_named_signs_and_so_does_the_owner(merchant, provider, finance):
    named(provider, finance)
    first = proposed(merchant, provider)
    assert accept(finance, first).status == "accepted"
    second = services.propose_version(finance.actor, agreement=first.agreement, terms=terms(5))
    services.withdraw_version(provider.actor, version=second)
    third = services.propose_version(merchant.actor, agreement=first.agreement, terms=terms(5))
    assert accept(provider, third).status == "accepted"


def test_managers_still_decline(merchant, provider, manager, finance):
    named(provider, finance)
    version = proposed(merchant, provider)
    assert services.decline_version(manager.actor, version=version).status == "declined"


@pytest.mark.parametrize(
    ("limits", "changes"),
    [
        ({"papers": ["commission"]}, {}),
        ({"most_bp": 399}, {}),
        ({"most_fen": 1_999_999}, {"invoice_components": [part()]}),
        ({}, {"signers": "owner"}),
    ],
)
def test_beyond_a_limit_nothing_is_signed(merchant, provider, finance, limits, changes):
    named(provider, finance, **limits)
    version = proposed(merchant, provider, **changes)
    refused(403, accept, finance, version)
    refused(403, services.counter_version, finance.actor, version=version, terms=terms(**changes))
    assert accept(provider, version).status == "accepted"


def test_within_its_limits_a_power_signs(merchant, provider, finance):
    named(provider, finance, papers=["provider_fee"], most_bp=400, most_fen=2_000_000)
    version = proposed(merchant, provider, components=[FEE], invoice_components=[part()])
    assert accept(finance, version).status == "accepted"


def test_days_of_a_power(merchant, provider, manager, finance):
    today = clock.today()
    days = {"starts_on": today + timedelta(days=1), "ends_on": today + timedelta(days=3)}
    named(provider, finance, **days)
    version = proposed(merchant, provider)
    refused(403, accept, finance, version)
    with later(3):
        refused(403, accept, finance, version)
        refused(403, accept, manager, version)  # what was narrowed stays narrow
    with later(2):
        assert accept(finance, version).status == "accepted"


def test_who_left_and_came_back_is_named_again(merchant, provider, finance):
    named(provider, finance)
    Membership.objects.filter(user=finance.user).update(created_at=clock.now() + timedelta(hours=1))
    refused(403, accept, finance, proposed(merchant, provider))


def test_sealing_is_a_power_of_its_own(merchant, provider, finance):
    power = named(provider, finance)
    version = agreed(merchant, provider, seal={"by": ["payee"], "days": 5})
    code = version.sha256[:8]
    scan = {"version": version, "code": code}
    refused(403, services.seal_by_scan, finance.actor, file=factories.picture(), **scan)
    services.end_power(provider.actor, power=power)
    named(provider, finance, may_seal=True)
    services.seal_by_scan(finance.actor, file=factories.picture(), **scan)
    version.refresh_from_db()
    assert version.status == "accepted"


def test_only_an_owner_names_and_only_its_people(provider, manager, finance, merchant):
    refused(403, named, manager, finance)
    refused(422, named, provider, merchant)
    refused(422, named, provider, provider)
    power = named(provider, finance)
    refused(422, named, provider, finance)
    refused(422, named, provider, manager, starts_on=clock.today() - timedelta(days=1))
    refused(422, named, provider, manager, most_bp=10_001)
    refused(403, services.end_power, manager.actor, power=power)
    refused(403, services.end_power, merchant.actor, power=power)
    services.end_power(provider.actor, power=power)
    refused(409, services.end_power, provider.actor, power=power)


def test_what_was_given_never_changes(provider, finance):
    power = named(provider, finance)
    with pytest.raises(ProgrammingError), transaction.atomic():
        SigningPower.objects.filter(pk=power.pk).update(most_fen=1)


def test_named_and_taken_back_on_the_page(provider, finance, merchant):
    browser, url = provider.browser(), reverse("signer_create")
    said = {"person": finance.user.pk, "starts_on": clock.today().isoformat(), "most_bp": "5"}
    wrong = browser.post(url, said | {"last_day": "2000-01-01"})
    assert (wrong.status_code, SigningPower.objects.count()) == (200, 0)
    browser.post(url, said | {"papers": ["provider_fee"], "most_fen": "20000", "letter": "授 1 号"})
    power = SigningPower.objects.get()
    assert (power.most_bp, power.most_fen, power.papers) == (500, 2_000_000, ["provider_fee"])
    page = browser.get(reverse("signer_list")).content.decode()
    assert "≤ 5%" in page
    assert "授 1 号" in page
    assert "授 1 号" not in merchant.browser().get(reverse("signer_list")).content.decode()
    browser.post(reverse("signer_ending", args=[power.pk]))
    power.refresh_from_db()
    assert power.ended_at is not None


def test_list_costs_the_same_for_three(provider, manager, finance, django_assert_max_num_queries):

    browser, url = provider.browser(), reverse("signer_list")
    named(provider, finance)
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    named(provider, manager)
    named(provider, colleague_of(provider, Role.MEMBER))
    with django_assert_max_num_queries(len(one)):
        browser.get(url)
