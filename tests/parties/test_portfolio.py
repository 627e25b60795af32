"""A provider's team and cases: who writes them, what others see, and who confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from portal.core import clock
from portal.core.files import can_read_file
from portal.core.models import AuditEntry, StoredFile
from portal.core.verdict import Refused
from portal.moderation.models import Case as WordCase
from portal.moderation.services import pass_case
from portal.notices.models import Notice
from portal.parties import selectors, services
from portal.parties.fields import CertificateFields, ClientCaseFields, StaffFields
from portal.parties.models import CaseCheck, Category, ClientCase, Listing, Party, StaffMember
from portal.parties.search import Facet, facet_token
from tests import factories
from tests.conftest import staff_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def confirmer():
    return staff_person("evaluation")


def snapshot():
    models = (Party, StaffMember, ClientCase, CaseCheck)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return rows, StoredFile.objects.count(), AuditEntry.objects.count(), Notice.objects.count()


def refused(status, service, *args, **kwargs):
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        service(*args, **kwargs)
    assert caught.value.verdict.status == status, caught.value.verdict.reason
    assert snapshot() == before
    return caught.value.verdict


def staff_fields(**changes):
    defaults = {"name": "许航", "role": "host", "years": 3}
    return StaffFields(**(defaults | changes))


def case_fields(**changes):
    today = clock.today()
    defaults = {
        "title": "坚果品牌自播从零起步",
        "client": "杭州某坚果品牌",
        "category_id": Category.objects.get(code="food").pk,
        "starts_on": today - timedelta(days=120),
        "ends_on": today - timedelta(days=30),
        "gmv_fen": 500_000_000,
        "summary": "三个月搭建自播间，按周复盘。",
    }
    return ClientCaseFields(**(defaults | changes))


def add(person, **changes):
    return services.add_staff(person.actor, party=person.party, fields=staff_fields(**changes))


def write(person, evidence=0, **changes):
    pieces = [factories.picture(f"{n}.png") for n in range(evidence)]
    return services.write_case(
        person.actor, party=person.party, fields=case_fields(**changes), evidence=pieces
    )


def asked(person, **changes):
    return services.ask_check(person.actor, case=write(person, evidence=1, **changes))


def facets_of(party):
    return set(Listing.objects.get(party=party).facets)


# --- the team -------------------------------------------------------------------------------------


def test_team_is_told_by_role_and_without_names(provider):
    paper = CertificateFields(title="直播运营师", issuer="行业协会", number="ZB-1")
    add(provider, certificates=[paper])
    add(provider, name="丁一", years=6)
    add(provider, name="周敏", role="ads", years=1)
    parts = selectors.team_parts(selectors.team_of(provider.party))
    assert [(part.number, part.years, part.certificates) for part in parts] == [
        (2, 4.5, ["直播运营师"]),
        (1, 1.0, []),
    ]
    page = provider.browser().get(reverse("provider_detail", args=[provider.party.pk]))
    assert "直播运营师" in page.content.decode()
    assert "许航" not in page.content.decode()
    assert "ZB-1" not in page.content.decode()


def test_team_makes_the_size_a_directory_is_narrowed_by(provider):
    small, large = (facet_token("provider", Facet.TEAM, band) for band in (0, 1))
    assert not {small, large} & facets_of(provider.party)
    members = [add(provider, name=f"同事{n}") for n in range(5)]
    assert large in facets_of(provider.party)
    services.remove_staff(provider.actor, member=members[0])
    assert small in facets_of(provider.party)
    assert large not in facets_of(provider.party)


def test_who_left_leaves_no_name(provider):
    member = add(provider, certificates=[CertificateFields("证", "会")])
    services.remove_staff(provider.actor, member=member)
    member.refresh_from_db()
    assert (member.name, member.certificates.count()) == ("—", 0)
    assert not StaffMember.objects.working().exists()
    refused(409, services.change_staff, provider.actor, member=member, fields=staff_fields())
    said = str(list(AuditEntry.objects.values_list("before", "after")))
    assert "许航" not in said


def test_team_refuses_others_and_nonsense(provider, rival, merchant):
    fields, party = staff_fields(), provider.party
    refused(403, services.add_staff, rival.actor, party=party, fields=fields)
    refused(403, services.add_staff, merchant.actor, party=merchant.party, fields=fields)
    old = CertificateFields("证", "会", expires_on=clock.today() - timedelta(days=1))
    for changes in (
        {"role": "king"},
        {"years": 51},
        {"name": " "},
        {"certificates": [CertificateFields("证", "")]},
        {"certificates": [old]},
        {"certificates": [CertificateFields("证", "会")] * 4},
    ):
        fields = staff_fields(**changes)
        refused(422, services.add_staff, provider.actor, party=party, fields=fields)


# --- cases ----------------------------------------------------------------------------------------


def test_case_is_a_claim_until_settlements_confirm_it(provider, confirmer, visitor):
    case = asked(provider)
    page = reverse("provider_detail", args=[provider.party.pk])
    assert b"rosette-discount-check" in visitor.get(page).content
    assert "¥5,200,000" not in visitor.get(page).content.decode()
    services.verify_case(
        confirmer.actor, case=case, settled_fen=520_000_000, basis="2026-07—09 结算单"
    )
    case.refresh_from_db()
    assert (case.status, case.settled_fen) == ("verified", 520_000_000)
    assert "¥5,200,000" in visitor.get(page).content.decode()
    check = CaseCheck.objects.get()
    assert (check.outcome, check.by, check.claimed_fen) == ("verified", confirmer.user, 500_000_000)
    assert Notice.objects.get(event="portfolio.checked").user == provider.user
    assert selectors.numbers_of_cases([provider.party.pk]) == {provider.party.pk: (1, 1)}


def test_mark_needs_the_whole_amount_and_its_statements(provider, confirmer):
    case = asked(provider)
    less = {"settled_fen": 499_999_999, "basis": "结算单"}
    refused(422, services.verify_case, confirmer.actor, case=case, **less)
    without = {"settled_fen": 500_000_000, "basis": " "}
    refused(422, services.verify_case, confirmer.actor, case=case, **without)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientCase.objects.filter(pk=case.pk).update(
            status="verified", settled_fen=1, checked_at=clock.now()
        )


def test_refusal_says_why_and_more_evidence_may_follow(provider, confirmer):
    case = asked(provider)
    refused(422, services.refuse_case_mark, confirmer.actor, case=case, reason=" ")
    services.refuse_case_mark(confirmer.actor, case=case, reason="结算只有一半")
    case.refresh_from_db()
    assert (case.status, case.reason) == ("refused", "结算只有一半")
    changed = services.change_case(
        provider.actor,
        case=case,
        fields=case_fields(gmv_fen=250_000_000),
        evidence=[factories.picture("more.png")],
    )
    assert services.ask_check(provider.actor, case=changed).status == "checking"
    assert CaseCheck.objects.count() == 1


def test_verified_case_stays_as_it_was_checked(provider, confirmer):
    case = asked(provider)
    services.verify_case(confirmer.actor, case=case, settled_fen=600_000_000, basis="结算单")
    refused(409, services.change_case, provider.actor, case=case, fields=case_fields())
    services.withdraw_case(provider.actor, case=case)
    assert selectors.shown_cases(provider.party) == []
    refused(409, services.withdraw_case, provider.actor, case=case)


def test_check_wants_evidence_and_the_right_person(provider, rival, reviewer, confirmer):
    bare = write(provider)
    refused(422, services.ask_check, provider.actor, case=bare)
    refused(403, services.ask_check, rival.actor, case=bare)
    case = asked(provider)
    for person in (provider, rival, reviewer):
        found = {"settled_fen": 600_000_000, "basis": "结算单"}
        refused(403, services.verify_case, person.actor, case=case, **found)
    narrow = staff_person("operator", regions=["north"])
    refused(403, services.refuse_case_mark, narrow.actor, case=case, reason="不在本区")
    services.recall_case(provider.actor, case=case)
    refused(409, services.refuse_case_mark, confirmer.actor, case=case, reason="晚了")


def test_case_refuses_nonsense(provider, merchant):
    today = clock.today()
    for changes in (
        {"gmv_fen": 0},
        {"ends_on": today + timedelta(days=1)},
        {"starts_on": today, "ends_on": today - timedelta(days=1)},
        {"title": "全国第一的服务商"},
        {"summary": " "},
        {"category_id": 0},
    ):
        fields = case_fields(**changes)
        refused(422, services.write_case, provider.actor, party=provider.party, fields=fields)
    fields = case_fields()
    refused(403, services.write_case, merchant.actor, party=merchant.party, fields=fields)


def test_evidence_is_for_managers_and_those_who_check(provider, rival, confirmer, reviewer):
    case = asked(provider)
    [file] = case.evidence.all()
    assert can_read_file(provider.actor, file)
    assert can_read_file(confirmer.actor, file)
    assert not can_read_file(rival.actor, file)
    assert not can_read_file(reviewer.actor, file)


def test_words_to_look_at_hold_the_case_back(provider, operator, visitor):
    case = write(provider, summary="全年转化最好的直播间。")
    held = WordCase.objects.get(object_type="parties.clientcase")
    page = reverse("provider_detail", args=[provider.party.pk])
    assert case.is_held
    assert case.title not in visitor.get(page).content.decode()
    pass_case(operator.actor, case=held)
    assert case.title in visitor.get(page).content.decode()


def test_checks_are_only_appended(provider, confirmer):
    case = asked(provider)
    services.refuse_case_mark(confirmer.actor, case=case, reason="不符")
    with pytest.raises(ProgrammingError), transaction.atomic():
        CaseCheck.objects.update(reason="改了")


def test_writing_and_taking_down_has_an_end(provider, monkeypatch):
    monkeypatch.setattr("portal.parties.rules.portfolio.MOST_CASES_EVER", 2)
    for _each in range(2):
        services.withdraw_case(provider.actor, case=write(provider))
    fields = case_fields()
    refused(409, services.write_case, provider.actor, party=provider.party, fields=fields)


# --- pages ----------------------------------------------------------------------------------------


def test_pages_lead_from_the_team_to_the_check(provider, confirmer):
    browser, party = provider.browser(), provider.party
    member = {"name": "许航", "role": "host", "years": "3", "title_1": "证书", "issuer_1": "协会"}
    browser.post(reverse("staff_create", args=[party.pk]), member)
    [row] = StaffMember.objects.all()
    browser.post(reverse("staff_edit", args=[row.pk]), member | {"years": "4"})
    row.refresh_from_db()
    assert (row.years, row.certificate_titles) == (4, ["证书"])
    assert "许航" in browser.get(reverse("staff_list", args=[party.pk])).content.decode()
    fields = case_fields()
    sent = {
        "title": fields.title,
        "client": fields.client,
        "category": fields.category_id,
        "starts_on": fields.starts_on.isoformat(),
        "ends_on": fields.ends_on.isoformat(),
        "gmv": "5000000",
        "summary": fields.summary,
        "evidence_1": factories.picture(),
    }
    browser.post(reverse("client_case_create", args=[party.pk]), sent)
    [case] = ClientCase.objects.all()
    assert browser.post(reverse("client_case_check", args=[case.pk])).status_code == 302
    assert browser.get(case.get_absolute_url()).status_code == 200
    desk = confirmer.browser()
    assert "坚果" in desk.get(reverse("admin:parties_clientcase_changelist")).content.decode()
    answer = {"decision": "verify", "settled": "5000000", "basis": "结算单 7—9 月"}
    desk.post(reverse("admin:parties_clientcase_check", args=[case.pk]), answer)
    case.refresh_from_db()
    assert case.status == "verified"
    detail = browser.get(reverse("party_detail", args=[party.pk])).content.decode()
    assert reverse("client_case_list", args=[party.pk]) in detail


def test_wrong_form_says_so_beside_the_field(provider):
    address = reverse("client_case_create", args=[provider.party.pk])
    page = provider.browser().post(address, {"title": "只有题目"})
    assert page.status_code == 200
    assert not ClientCase.objects.exists()
