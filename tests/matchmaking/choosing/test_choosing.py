"""The confidential part behind its promise, and colleagues' opinions behind the merchant's door."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from matchmaking.choosing import rules, selectors, services
from matchmaking.choosing.fields import OpinionFields
from matchmaking.choosing.models import ConfidentialBrief, Disclosure, Opinion
from matchmaking.needs.services import accept_proposal, decline_proposal, shortlist_proposal
from matchmaking.needs.states import LossReason
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests import factories
from tests.factories import at_once

pytestmark = pytest.mark.django_db
TOO_DEAR = OpinionFields(1, 1, 1, "太贵了")
SECRET = "毛利率百分之三十八，备货三万份。"


@pytest.fixture
def need(merchant):
    return factories.open_need(merchant.actor)


@pytest.fixture
def proposal(need, provider):
    return factories.submitted_proposal(provider.actor, need)


@pytest.fixture
def shortlisted(merchant, need, proposal):
    services.write_confidential(merchant.actor, need=need, text=SECRET)
    return shortlist_proposal(merchant.actor, proposal=proposal)


def page_of(person, proposal) -> str:
    return person.browser().get(proposal.get_absolute_url()).content.decode()


# --- the confidential part ------------------------------------------------------------------------


def test_opens_from_the_shortlist_on_and_after_the_promise(merchant, provider, need, proposal):
    services.write_confidential(merchant.actor, need=need, text=SECRET)
    with pytest.raises(Refused):
        services.open_confidential(provider.actor, proposal=proposal)
    assert SECRET not in page_of(provider, proposal)
    row = shortlist_proposal(merchant.actor, proposal=proposal)
    assert SECRET not in page_of(provider, row)
    answer = provider.browser().post(f"{row.get_absolute_url()}confidential/")
    assert answer.status_code == 302
    assert SECRET in page_of(provider, row)
    promise = Disclosure.objects.get()
    assert (promise.party, promise.person, promise.version) == (provider.party, provider.user, 1)
    assert Notice.objects.filter(user=merchant.user, event="need.disclosed").count() == 1
    with pytest.raises(Refused):
        services.open_confidential(provider.actor, proposal=row)


def test_other_bidders_and_strangers_read_nothing(merchant, provider, rival, shortlisted, need):
    services.open_confidential(provider.actor, proposal=shortlisted)
    other = factories.submitted_proposal(rival.actor, need)
    assert SECRET not in page_of(rival, other)
    assert SECRET not in rival.browser().get(need.get_absolute_url()).content.decode()
    api = f"/api/v1/proposals/{shortlisted.pk}/confidential/"
    assert rival.browser().get(api).status_code == 404
    assert provider.browser().get(api).json()["text"] == SECRET


def test_who_is_declined_reads_it_no_more(merchant, provider, shortlisted):
    services.open_confidential(provider.actor, proposal=shortlisted)
    decline_proposal(merchant.actor, proposal=shortlisted, reason=LossReason.PRICE)
    assert SECRET not in page_of(provider, shortlisted)


def test_change_is_a_new_version_and_told_to_who_promised(merchant, provider, shortlisted, need):
    services.open_confidential(provider.actor, proposal=shortlisted)
    services.write_confidential(merchant.actor, need=need, text=SECRET)
    assert ConfidentialBrief.objects.get().version == 1
    services.write_confidential(merchant.actor, need=need, text="改为两万份。")
    assert ConfidentialBrief.objects.get().version == 2
    assert Notice.objects.filter(user=provider.user, event="need.confidential").count() == 1


@pytest.mark.parametrize("text", ["", "  ", "x" * 3001, "请加 13800138000"])
def test_unsound_text_changes_nothing(merchant, need, text):
    with pytest.raises(Refused):
        services.write_confidential(merchant.actor, need=need, text=text)
    assert not ConfidentialBrief.objects.exists()


def test_only_who_manages_the_merchant_writes(colleague, provider, need):
    for person in (colleague, provider):
        with pytest.raises(Refused):
            services.write_confidential(person.actor, need=need, text=SECRET)


def test_promise_is_never_changed(provider, shortlisted):
    services.open_confidential(provider.actor, proposal=shortlisted)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Disclosure.objects.update(version=9)


def test_a_key_promises_nothing(provider, shortlisted):
    with pytest.raises(Refused):
        services.open_confidential(replace(provider.actor, key_id="k"), proposal=shortlisted)


# --- opinions -------------------------------------------------------------------------------------


def test_colleagues_speak_and_the_mean_stands_in_the_comparison(
    merchant, colleague, proposal, need
):
    services.give_opinion(merchant.actor, proposal=proposal, fields=OpinionFields(5, 4, 3))
    services.give_opinion(colleague.actor, proposal=proposal, fields=OpinionFields(2, 2, 2, "贵"))
    mean = selectors.means_of([proposal])[proposal.pk]
    assert (mean.people, mean.stars) == (2, pytest.approx(3.0))
    page = merchant.browser().get(need.get_absolute_url()).content.decode()
    assert "3.0 / 5" in page
    assert "贵" in page_of(merchant, proposal)


def test_said_again_replaces(merchant, proposal):
    services.give_opinion(merchant.actor, proposal=proposal, fields=OpinionFields(5, 5, 5))
    services.give_opinion(merchant.actor, proposal=proposal, fields=OpinionFields(1, 1, 1))
    assert Opinion.objects.get().plan == 1


def test_bidder_never_sees_an_opinion(merchant, provider, proposal):
    services.give_opinion(merchant.actor, proposal=proposal, fields=TOO_DEAR)
    assert "太贵了" not in page_of(provider, proposal)
    api = f"/api/v1/proposals/{proposal.pk}/opinions/"
    assert provider.browser().get(api).status_code == 403
    assert merchant.browser().get(api).json()[0]["note"] == "太贵了"
    assert not Notice.objects.filter(user=provider.user, params__icontains="太贵了").exists()
    assert "太贵了" not in str(AuditEntry.objects.get(verb="give_opinion").after)


def test_only_the_merchants_people_speak_and_while_it_waits(merchant, provider, rival, proposal):
    for person in (provider, rival):
        with pytest.raises(Refused):
            services.give_opinion(person.actor, proposal=proposal, fields=OpinionFields(1, 1, 1))
    accept_proposal(merchant.actor, proposal=proposal, version=proposal.version)
    with pytest.raises(Refused):
        services.give_opinion(merchant.actor, proposal=proposal, fields=OpinionFields(1, 1, 1))


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_stars_are_one_to_five(merchant, proposal, stars):
    fields = OpinionFields(3, stars, 3)
    with pytest.raises(Refused):
        services.give_opinion(merchant.actor, proposal=proposal, fields=fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(
            proposal=proposal,
            person=merchant.user,
            plan=3,
            price=abs(stars) + 5 if stars else 0,
            team=3,
            at=proposal.created_at,
        )


def test_forms_of_the_browser(merchant, colleague, proposal, need):
    browser = colleague.browser()
    address = f"{proposal.get_absolute_url()}opinion/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"plan": "9"}).status_code == 200
    assert not Opinion.objects.exists()
    said = {"plan": "4", "price": "3", "team": "5", "note": "可以"}
    assert browser.post(address, said).status_code == 302
    assert Opinion.objects.get().person == colleague.user
    own = f"/needs/{need.pk}/confidential/"
    assert merchant.browser().post(own, {"text": ""}).status_code == 200
    assert merchant.browser().post(own, {"text": SECRET}).status_code == 302
    assert SECRET in merchant.browser().get(need.get_absolute_url()).content.decode()


def test_comparison_costs_the_same_for_one_and_three_opinions(merchant, colleague, proposal, need):
    browser = merchant.browser()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(need.get_absolute_url()).status_code == 200
        return len(queries)

    services.give_opinion(merchant.actor, proposal=proposal, fields=OpinionFields(5, 4, 3))
    one = cost()
    services.give_opinion(colleague.actor, proposal=proposal, fields=OpinionFields(5, 4, 3))
    assert cost() == one
    assert rules.brief_of(need) is None


@pytest.mark.django_db(transaction=True)
def test_two_of_the_bidder_promise_once(merchant, provider):
    need = factories.open_need(merchant.actor)
    row = factories.submitted_proposal(provider.actor, need)
    services.write_confidential(merchant.actor, need=need, text=SECRET)
    row = shortlist_proposal(merchant.actor, proposal=row)
    found = at_once(*[lambda: services.open_confidential(provider.actor, proposal=row)] * 2)
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Disclosure.objects.count() == 1
