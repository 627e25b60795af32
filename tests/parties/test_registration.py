"""Each kind of party from its form to the directory, with what each is asked for."""

from __future__ import annotations

import json

import pytest

from portal.core import clock
from portal.parties import onboarding, rules, services
from portal.parties.fields import GuardianFields
from portal.parties.models import Category, City, Party
from portal.parties.states import PartyKind, PartyStatus
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db

ASKED = {
    "agency": {"licence", "mcn-qualification", "legal-rep-id", "agent-letter"},
    "creator": {"real-name-id"},
}


def form_data(**changes):
    data = {
        "name": "星野文化",
        "legal_name": "成都星野文化有限公司",
        "uscc": factories.uscc_code(),
        "city": City.objects.get(code="hangzhou").pk,
        "contact_name": "陈星",
        "contact_phone": "13800001111",
        "intro": "签约并孵化食品饮料方向的达人。",
        f"share_{Category.objects.get(code='food').pk}": 100,
    }
    return data | changes


def registered(person, kind, **changes):
    answer = person.browser().post(f"/parties/new/?kind={kind}", form_data(**changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return person_of(Party.objects.get(membership__user=person.user))


def test_first_page_offers_every_kind(stranger):
    page = stranger.browser().get("/parties/new/")
    assert {card.kind for card in page.context["kinds"]} == set(PartyKind)
    html = page.content.decode()
    for kind in PartyKind.values:
        assert f'href="/parties/new/?kind={kind}"' in html
        assert stranger.browser().get(f"/parties/new/?kind={kind}").status_code == 200
    assert stranger.browser().get("/parties/new/?kind=bank").context["kinds"]


def test_agency_is_verified_and_found(stranger, reviewer, visitor):
    owner = registered(stranger, "agency")
    required = {i.kind.code for i in rules.checklist(owner.party) if i.is_required}
    assert required == ASKED["agency"]
    for code in ("licence", "mcn-qualification", "legal-rep-id"):
        factories.document(owner.party, code, owner.actor)
    assert owner.browser().post(f"/parties/{owner.party.pk}/submission/").status_code == 302
    services.approve_party(reviewer.actor, party=owner.party)
    assert "星野文化" in visitor.get("/agencies/").content.decode()
    public = visitor.get(f"/agencies/{owner.party.pk}/")
    assert "成都星野文化有限公司" in public.content.decode()
    own = owner.browser().get(f"/parties/{owner.party.pk}/").content.decode()
    assert f"/agencies/{owner.party.pk}/" in own


def test_one_of_two_documents_makes_the_other_needless(stranger):
    owner = registered(stranger, "agency")
    factories.document(owner.party, "legal-rep-id", owner.actor)
    met = {item.kind.code: item.is_met for item in rules.checklist(owner.party)}
    assert (met["legal-rep-id"], met["agent-letter"], met["licence"]) == (True, True, False)


def test_person_is_verified_by_the_real_name_and_found_by_the_short_one(
    stranger, reviewer, visitor
):
    owner = registered(stranger, "creator", name="小满的厨房", legal_name="林小满", uscc="")
    assert owner.party.is_natural_person
    browser, address = owner.browser(), f"/parties/{owner.party.pk}"
    form = browser.get(f"{address}/real-name/").context["form"]
    assert form.initial["name"] == "林小满"
    assert not rules.can_submit_party(owner.actor, owner.party)
    answer = browser.post(
        f"{address}/real-name/",
        {"name": "林小满", "number": factories.id_number(), "consents": True},
    )
    assert answer.status_code == 302
    factories.document(owner.party, "real-name-id", owner.actor)
    assert {i.kind.code for i in rules.checklist(owner.party) if i.is_required} == ASKED["creator"]
    browser.post(f"{address}/submission/")
    services.approve_party(reviewer.actor, party=owner.party)
    found = visitor.get("/creators/").content.decode()
    public = visitor.get(f"/creators/{owner.party.pk}/").content.decode()
    assert "小满的厨房" in found
    assert "林小满" not in found + public


def test_creator_of_16_needs_the_guardian(stranger, reviewer):
    owner = registered(stranger, "creator", name="阿岚", legal_name="林岚", uscc="")
    number = factories.id_number(f"{clock.today().year - 17}0101")
    given = services.give_real_name(
        owner.actor,
        party=owner.party,
        fields=factories.real_name_fields(
            name="林岚", number=number, guardian=GuardianFields("林父", "13900008888", agrees=True)
        ),
    )
    assert rules.is_minor(given)
    factories.document(owner.party, "real-name-id", owner.actor)
    verdict = rules.can_submit_party(owner.actor, owner.party)
    assert (bool(verdict), verdict.status) == (False, 422)
    factories.document(owner.party, "guardian-consent", owner.actor)
    assert rules.can_submit_party(owner.actor, owner.party)


def test_creator_with_a_licence_shows_the_licence(stranger):
    owner = registered(stranger, "creator", name="小满工作室", legal_name="成都小满工作室")
    required = {i.kind.code for i in rules.checklist(owner.party) if i.is_required}
    assert required == {"licence"}
    assert not rules.needs_real_name(owner.party)


def test_creator_with_half_a_code_is_told(stranger):
    answer = stranger.browser().post("/parties/new/?kind=creator", form_data(uscc="91330106MA"))
    assert set(answer.context["form"].errors) == {"uscc"}
    assert not Party.objects.exists()


def test_checklist_names_what_this_kind_is_to_do(stranger):
    owner = registered(stranger, "creator", name="小满的厨房", legal_name="林小满", uscc="")

    def steps():
        return {line.name: line.is_done for line in onboarding.checklist_of(owner.actor).lines}

    assert (steps()["real-name"], steps()["documents"]) == (False, False)
    assert "roster" not in steps()
    services.give_real_name(
        owner.actor, party=owner.party, fields=factories.real_name_fields(name="林小满")
    )
    factories.document(owner.party, "real-name-id", owner.actor)
    assert (steps()["real-name"], steps()["documents"]) == (True, True)


def test_agency_invites_its_first_creator(agency):
    def roster_step():
        lines = onboarding.checklist_of(agency.actor).lines
        return next(line.is_done for line in lines if line.name == "roster")

    assert not roster_step()
    body = {"name": "阿岚", "phone": "13900003333", "terms": "按月结算。"}
    today = clock.today()
    body |= {"starts_on": today.isoformat(), "last_day": today.replace(year=today.year + 1)}
    agency.browser().post(f"/parties/{agency.party.pk}/roster/new/", body)
    assert roster_step()


def test_creator_registers_over_the_api(stranger):
    body = {
        "kind": "creator",
        "name": "小满的厨房",
        "legal_name": "林小满",
        "uscc": "",
        "city": City.objects.get(code="hangzhou").pk,
        "contact_name": "林小满",
        "contact_phone": "13800001111",
        "category_shares": [],
    }
    browser = stranger.browser()

    def send(**changes):
        data = json.dumps(body | changes)
        return browser.post("/api/v1/parties/", data, content_type="application/json")

    assert send(kind="agency").status_code == 422  # only a person has no code
    answer = send()
    assert (answer.status_code, answer.json()["uscc"]) == (201, "")
    assert Party.objects.get().status == PartyStatus.DRAFT
