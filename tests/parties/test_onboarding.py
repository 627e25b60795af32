"""The first steps: what is left, what comes next, and putting the list away."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP

from portal.parties import onboarding
from portal.parties.models import Membership, PutAway
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db


def names(actor):
    return {line.name: line.is_done for line in onboarding.checklist_of(actor).lines}


def test_steps_are_done_one_by_one(stranger):
    owner = person_of(factories.draft_party("merchant", "沐白个护", intro="", has_papers=False))
    found = names(owner.actor)
    assert not any(found.values())
    assert onboarding.checklist_of(owner.actor).next.name == "address"
    EmailAddress.objects.create(user=owner.user, email=owner.user.email, verified=True)
    TOTP.activate(owner.user, "JBSWY3DPEHPK3PXP")
    found = names(owner.actor)
    assert (found["address"], found["second-factor"], found["review"]) == (True, True, False)
    checklist = onboarding.checklist_of(owner.actor)
    assert (checklist.done, checklist.next.name) == (2, "profile")


def test_listed_party_has_been_reviewed(merchant, colleague):
    found = names(merchant.actor)
    assert (found["review"], found["colleagues"]) == (True, True)


def test_each_role_sees_the_steps_it_may_do(merchant, colleague, stranger, operator):
    assert set(names(colleague.actor)) == {"address", "second-factor", "notices"}
    Membership.objects.filter(user=colleague.user).update(role=Role.FINANCE)
    finance = person_of(merchant.party, colleague.user, Role.FINANCE)
    assert set(names(finance.actor)) == {"address", "second-factor", "payout", "notices"}
    assert {"payout", "documents"} < set(names(merchant.actor))
    for person in (stranger, operator):
        assert onboarding.checklist_of(person.actor) is None


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("merchant", {"need", "product", "fair", "application"}),
        ("provider", {"package", "proposal"}),
        ("agency", {"roster", "post", "fair"}),
        ("creator", {"real-name", "cart", "post", "fair"}),
    ],
)
def test_each_kind_is_led_to_its_first_deal(kind, steps, django_assert_max_num_queries):
    owner = person_of(factories.listed_party(kind, "云起"))
    with django_assert_max_num_queries(14):
        found = names(owner.actor)
    assert steps <= set(found)
    assert not any(found[step] for step in steps - {"real-name"})


def test_step_of_another_part_is_done_by_its_rows(merchant, provider):
    need = factories.open_need(merchant.actor)
    factories.submitted_proposal(provider.actor, need)
    assert names(merchant.actor)["need"]
    assert names(provider.actor)["proposal"]


def test_other_parts_add_steps_for_a_kind(merchant, provider, monkeypatch):
    monkeypatch.setattr(onboarding, "_steps", list(onboarding._steps))
    onboarding.register_step("provider", "case", "Show a case", lambda a: "/x/", lambda a: False)
    assert "case" in names(provider.actor)
    assert "case" not in names(merchant.actor)


def test_list_stands_on_the_workbench_until_put_away(merchant):
    browser = merchant.browser()
    assert browser.get("/workbench/").context["checklist"] is not None
    address = f"/parties/{merchant.party.pk}/checklist/"
    for _ in range(2):
        assert browser.post(address).status_code == 302
    assert browser.get("/workbench/").context["checklist"] is None
    assert PutAway.objects.count() == 1
