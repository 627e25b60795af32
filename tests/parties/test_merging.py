"""Two parties that are one: what moves, what refuses, and where the old addresses lead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services as needs
from matchmaking.needs.models import Block, Need, Proposal, Question
from portal.activity import services as activity
from portal.activity.fields import DayFields
from portal.activity.models import ActivityDay
from portal.activity.states import Source
from portal.core import clock
from portal.core.models import AuditEntry
from portal.core.verdict import Refused
from portal.directory.models import SavedSearch, ShortlistEntry
from portal.notices.models import Notice
from portal.parties import merges, services
from portal.parties.fields import KeyFields, RosterFields
from portal.parties.models import (
    ApiKey,
    Claim,
    Document,
    Invitation,
    Listing,
    Membership,
    Party,
    PartyCategory,
    RosterEntry,
)
from portal.parties.states import ClaimStatus, PartyKind, PartyStatus, Role
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db
WHY = "同一家公司登记了两次。"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def merge(person, survivor, absorbed, why=WHY):
    return services.merge_parties(person.actor, survivor=survivor, absorbed=absorbed, why=why)


def refused(status, person, survivor, absorbed, why=WHY):
    """Refused with this status; nothing at all is written. Returns the sentence."""
    before = snapshot()
    with pytest.raises(Refused) as caught, transaction.atomic():
        merge(person, survivor, absorbed, why)
    assert caught.value.verdict.status == status, caught.value.verdict.reason
    assert snapshot() == before
    return str(caught.value.verdict.reason)


def snapshot():
    models = {column.model for column in merges.columns()} | {Party}
    return {
        model._meta.label: sorted(map(str, model._base_manager.values_list())) for model in models
    }


def merchant_named(name):
    return person_of(factories.listed_party(PartyKind.MERCHANT, name))


# --- the registry ---------------------------------------------------------------------------------


def test_every_column_that_names_a_party_is_answered_for():
    """A table that names a party says what becomes of it: `moves`, `stays`, … in `merging.py`."""
    left = [f"{model._meta.label}.{name}" for model, name in merges.unanswered()]
    assert left == []


def test_row_nobody_answers_for_stops_the_merge(provider, rival, operator, monkeypatch):
    key = ("needs.proposal", "provider")
    monkeypatch.delitem(merges._columns, key)
    factories.submitted_proposal(rival.actor, factories.open_need(merchant_named("谷雨").actor))
    refused(409, operator, provider.party, rival.party)


# --- what moves -----------------------------------------------------------------------------------


def test_people_move_and_one_owner_is_left(provider, rival, operator):
    both = factories.user("both@example.com", "两边")
    for party, role in ((provider.party, Role.MEMBER), (rival.party, Role.MANAGER)):
        Membership.objects.create(user=both, party=party, role=role, created_at=clock.now())
    merge(operator, provider.party, rival.party)
    roles = dict(Membership.objects.filter(party=provider.party).values_list("user", "role"))
    assert roles == {
        provider.user.pk: Role.OWNER,
        rival.user.pk: Role.MANAGER,
        both.pk: Role.MEMBER,
    }
    assert not Membership.objects.filter(party=rival.party).exists()
    told = Notice.objects.filter(event="party.merged").values_list("user", flat=True)
    assert set(told) == {provider.user.pk, rival.user.pk}
    assert rival.browser().get(provider.party.get_absolute_url()).status_code == 200


def test_people_of_a_draft_stay_behind(provider, operator, now_constraints):
    """Anybody may type another's name and code into a draft."""
    draft = factories.draft_party(PartyKind.PROVIDER, "云帆", uscc=provider.party.uscc)
    finance = factories.user("finance@example.com", "财务")
    Membership.objects.create(user=finance, party=draft, role=Role.FINANCE, created_at=clock.now())
    factories.document(draft, "trademark", actor=person_of(draft).actor)
    shown = set(Document.objects.filter(party=provider.party).values_list("pk", flat=True))
    merge(operator, provider.party, draft)
    people = Membership.objects.filter(party=provider.party).values_list("user", flat=True)
    assert list(people) == [provider.user.pk]
    assert Membership.objects.filter(party=draft).count() == 2
    late = Document.objects.filter(party=provider.party).exclude(pk__in=shown)
    assert not late.exclude(status="accepted").exists(), "nothing unchecked comes along"
    told = Notice.objects.filter(event="party.merged").values_list("user", flat=True)
    assert list(told) == [provider.user.pk]


def test_party_without_people_is_claimed_not_merged_away(rival, operator):
    named = factories.unclaimed_party(PartyKind.PROVIDER, "云帆")
    draft = factories.draft_party(PartyKind.PROVIDER, "云帆", uscc=named.uscc)
    for theirs in (rival.party, draft):
        refused(409, operator, named, theirs)
    merge(operator, rival.party, named)
    assert Party.objects.get(pk=named.pk).merged_into == rival.party


def test_trade_moves(provider, rival, merchant, operator):
    need = factories.open_need(merchant.actor)
    proposal = factories.submitted_proposal(rival.actor, need)
    awarded = factories.open_need(merchant.actor)
    won = needs.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(rival.actor, awarded)
    )
    question = needs.ask_question(
        rival.actor, need=factories.open_need(merchant.actor), text="预算可谈吗？"
    )
    merge(operator, provider.party, rival.party)
    assert Proposal.objects.get(pk=proposal.pk).provider == provider.party
    assert Cooperation.objects.get(pk=won.pk).provider == provider.party
    assert Question.objects.get(pk=question.pk).asker == provider.party
    entry = AuditEntry.objects.get(verb="merge_party", object_id=str(rival.party.pk))
    assert entry.why == WHY
    assert entry.user == operator.user
    assert entry.before == {"status": "listed"}
    assert entry.after["merged_into"] == provider.party.pk
    assert entry.after["rows"]["needs.proposal.provider"] == 2
    assert AuditEntry.objects.filter(
        verb="absorb_party", object_id=str(provider.party.pk), why=WHY
    ).exists()


def test_needs_lists_and_days_move(merchant, provider, operator):
    double = merchant_named("谷雨食品")
    need = factories.draft_need(double.actor)
    day = clock.today() - timedelta(days=1)
    facts = {"followers": 10, "videos": 1, "lives": 0, "has_sold": True}
    for person, days in ((double, (0, 1)), (merchant, (0,))):
        fields = [
            DayFields(party_id=person.party.pk, day=day - timedelta(days=n), **facts) for n in days
        ]
        activity.record_days(SYSTEM, days=fields, source=Source.OPERATOR_FILE)
    kept = {"added_by": merchant.user, "added_at": clock.now()}
    for owner in (merchant.party, double.party):
        ShortlistEntry.objects.create(owner=owner, party=provider.party, **kept)
    ShortlistEntry.objects.create(owner=provider.party, party=double.party, **kept)
    ShortlistEntry.objects.create(owner=merchant.party, party=double.party, **kept)
    asked = {"kind": "provider", "created_at": clock.now(), "seen_at": clock.now()}
    for party, name, query in (
        (merchant.party, "杭州", "city=1"),
        (double.party, "杭州", "city=1"),
        (double.party, "上海", "city=2"),
    ):
        SavedSearch.objects.create(
            person=merchant.user, party=party, name=name, query=query, told_at=clock.now(), **asked
        )
    merge(operator, merchant.party, double.party)
    assert Need.objects.get(pk=need.pk).merchant == merchant.party
    assert ActivityDay.objects.filter(party=merchant.party).count() == 2
    assert ActivityDay.objects.filter(party=double.party).count() == 2, "never changed"
    pairs = set(ShortlistEntry.objects.values_list("owner", "party"))
    assert pairs == {
        (merchant.party.pk, provider.party.pk),
        (provider.party.pk, merchant.party.pk),
    }
    names = SavedSearch.objects.filter(party=merchant.party).values_list("name", flat=True)
    assert sorted(names) == ["上海", "杭州"]


def test_what_the_party_that_stays_says_of_itself_stands(provider, rival, operator):
    before = list(PartyCategory.objects.filter(party=provider.party).values_list("pk", flat=True))
    documents = Document.objects.filter(party=provider.party).count()
    merge(operator, provider.party, rival.party)
    after = list(PartyCategory.objects.filter(party=provider.party).values_list("pk", flat=True))
    assert after == before
    assert Document.objects.filter(party=provider.party).count() == documents


def test_doors_of_the_merged_party_are_shut(provider, rival, operator, stranger):
    services.make_key(rival.actor, party=rival.party, fields=KeyFields("ERP", ["trade:read"], 30))
    services.invite_member(
        rival.actor, party=rival.party, role=Role.MEMBER, email="new@example.com"
    )
    merge(operator, provider.party, rival.party)
    assert not ApiKey.objects.live(clock.now()).filter(party=rival.party).exists()
    assert not Invitation.objects.pending().exists()
    assert not Listing.objects.filter(party=rival.party).exists()
    assert Listing.objects.filter(party=provider.party).exists()


def test_claims_of_the_merged_party_are_refused(operator, stranger):
    stays, goes = (factories.unclaimed_party(PartyKind.AGENCY, name) for name in ("远山", "近水"))
    words = "我是这家公司的运营负责人，可以核对。"
    claim = services.claim_party(stranger.actor, party=goes, text=words)
    merge(operator, stays, goes)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.REFUSED
    assert Notice.objects.get(event="claim.refused").user == stranger.user
    assert not Claim.objects.running().exists()


def roster_entry(agency, creator, first=0, days=100):
    today = clock.today()
    fields = RosterFields(
        name=creator.party.name,
        starts_on=today + timedelta(days=first),
        last_day=today + timedelta(days=first + days),
        terms="按月结算",
        creator_id=creator.party.pk,
    )
    return services.invite_creator(agency.actor, agency=agency.party, fields=fields)


def test_rosters_move_with_agency_and_creator(agency, creator, operator):
    entry = services.join_roster(creator.actor, entry=roster_entry(agency, creator))
    stays = person_of(factories.listed_party(PartyKind.AGENCY, "星野传媒"))
    merge(operator, stays.party, agency.party)
    double = person_of(factories.listed_party(PartyKind.CREATOR, "小满厨房"))
    merge(operator, double.party, creator.party)
    entry = RosterEntry.objects.get(pk=entry.pk)
    assert (entry.agency, entry.creator) == (stays.party, double.party)


def test_chain_leads_to_the_last_one(operator, client):
    first, second, third = (
        factories.listed_party(PartyKind.PROVIDER, name) for name in ("甲", "乙", "丙")
    )
    merge(operator, second, first)
    merge(operator, third, second)
    assert Party.objects.get(pk=first.pk).merged_into == third
    answer = client.get(f"/providers/{first.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/providers/{third.pk}/")


def test_blocks_move_and_nobody_blocks_themselves(provider, rival, merchant, operator):
    one, two = (merchant_named(name).party for name in ("甲", "乙"))
    stays, goes = provider.party, rival.party
    pairs = [(goes, one), (stays, one), (goes, two), (one, goes), (two, goes), (two, stays)]
    for blocker, blocked in [*pairs, (stays, goes), (goes, stays)]:
        Block.objects.create(blocker=blocker, blocked=blocked, at=clock.now())
    merge(operator, stays, goes)
    standing = Block.objects.filter(lifted_at=None).values_list("blocker", "blocked")
    assert sorted(standing) == sorted(
        [
            (stays.pk, one.pk),
            (stays.pk, two.pk),
            (one.pk, stays.pk),
            (two.pk, stays.pk),
        ]
    )


# --- what refuses ---------------------------------------------------------------------------------


def test_who_may_not_merge(provider, rival, merchant, reviewer, operator):
    far = staff_person("regional operator", regions=["southwest"])
    for person in (provider, merchant, reviewer, far):
        refused(403, person, provider.party, rival.party)
    refused(422, operator, provider.party, rival.party, why=" ")
    refused(422, operator, provider.party, rival.party, why="x" * 301)
    refused(409, operator, provider.party, provider.party)
    refused(409, operator, provider.party, merchant.party)
    Membership.objects.create(
        user=operator.user, party=rival.party, role=Role.MEMBER, created_at=clock.now()
    )
    refused(403, operator, provider.party, rival.party)


def test_suspended_closed_and_unverified_ones(provider, rival, operator):
    draft = factories.draft_party(PartyKind.PROVIDER, "草稿")
    refused(409, operator, draft, provider.party)
    services.suspend_party(operator.actor, party=rival.party, reason="投诉")
    refused(409, operator, provider.party, rival.party)
    refused(409, operator, rival.party, provider.party)
    merge(operator, provider.party, draft)
    refused(409, operator, provider.party, draft)


def test_sandbox_is_part_of_no_merge(provider, rival, operator):
    services.make_sandbox(provider.actor, party=provider.party)
    sandbox = Party.objects.get(sandbox_of=provider.party, kind=PartyKind.PROVIDER)
    refused(409, operator, rival.party, sandbox)
    refused(409, operator, sandbox, rival.party)


def test_two_answers_to_one_need_refuse_while_they_stand(provider, rival, merchant, operator):
    need = factories.open_need(merchant.actor)
    ours = factories.submitted_proposal(provider.actor, need)
    theirs = factories.submitted_proposal(rival.actor, need)
    assert need.number in refused(409, operator, provider.party, rival.party)
    needs.withdraw_proposal(rival.actor, proposal=theirs, reason="capacity")
    merge(operator, provider.party, rival.party)
    assert Proposal.objects.get(pk=ours.pk).provider == provider.party
    assert Proposal.objects.get(pk=theirs.pk).provider == rival.party, "stays as history"


def test_two_agencies_in_the_same_days_refuse(agency, creator, operator):
    other = person_of(factories.listed_party(PartyKind.AGENCY, "星野传媒"))
    double = person_of(factories.listed_party(PartyKind.CREATOR, "小满厨房"))
    services.join_roster(creator.actor, entry=roster_entry(agency, creator))
    services.join_roster(double.actor, entry=roster_entry(other, double))
    refused(409, operator, double.party, creator.party)


def test_two_invitations_to_a_roster_refuse(agency, creator, operator):
    double = person_of(factories.listed_party(PartyKind.CREATOR, "小满厨房"))
    other = person_of(factories.listed_party(PartyKind.AGENCY, "星野传媒"))
    roster_entry(agency, creator)
    theirs = roster_entry(agency, double)
    refused(409, operator, double.party, creator.party)
    services.withdraw_roster(agency.actor, entry=theirs)
    roster_entry(other, creator)
    refused(409, operator, other.party, agency.party)


def test_open_departure_refuses(agency, creator, operator):
    double = person_of(factories.listed_party(PartyKind.CREATOR, "小满厨房"))
    entry = services.join_roster(creator.actor, entry=roster_entry(agency, creator))
    departure = services.ask_departure(
        creator.actor, entry=entry, last_day=clock.today() + timedelta(days=20), reason="换方向"
    )
    refused(409, operator, double.party, creator.party)
    services.agree_departure(agency.actor, departure=departure)
    merge(operator, double.party, creator.party)


def test_appeal_that_is_judged_refuses(merchant, operator):
    double = merchant_named("谷雨食品")
    document = factories.document(double.party, "trademark", actor=double.actor)
    returned = services.return_document(SYSTEM, document=document, reason="看不清")
    appeal = services.file_appeal(
        double.actor, party=double.party, subject=returned, text="看得清。"
    )
    refused(409, operator, merchant.party, double.party)
    services.withdraw_appeal(double.actor, appeal=appeal)
    merge(operator, merchant.party, double.party)


def test_two_persons_are_not_one(operator):
    first, second = (
        person_of(factories.draft_party(PartyKind.CREATOR, name)) for name in ("小满", "大满")
    )
    services.give_real_name(
        first.actor, party=first.party, fields=factories.real_name_fields(name="林小满")
    )
    refused(409, operator, second.party, first.party)
    number = factories.id_number()
    services.give_real_name(
        second.actor, party=second.party, fields=factories.real_name_fields(number=number)
    )
    refused(409, operator, second.party, first.party)
    services.give_real_name(
        first.actor, party=first.party, fields=factories.real_name_fields(number=number)
    )
    merge(operator, second.party, first.party)


def test_database_keeps_merged_parties_closed(provider, rival):
    for broken in (
        {"merged_into": rival.party},
        {"merged_into": provider.party, "status": "closed"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Party.objects.filter(pk=provider.party.pk).update(**broken)


# --- addresses and pages --------------------------------------------------------------------------


def test_old_addresses_lead_on_for_good(provider, rival, merchant, operator, client):
    merge(operator, provider.party, rival.party)
    old, new = rival.party.pk, provider.party.pk
    for path in ("/providers/{}/", "/api/v1/providers/{}/", "/api/v1/directory/providers/{}/"):
        answer = client.get(path.format(old))
        assert (answer.status_code, answer["Location"]) == (301, path.format(new))
    browser = rival.browser()
    for path in ("/parties/{}/", "/parties/{}/members/?x=1", "/api/v1/parties/{}/"):
        answer = browser.get(path.format(old))
        assert (answer.status_code, answer["Location"]) == (301, path.format(new))
        assert browser.get(answer["Location"]).status_code == 200
    assert browser.post(f"/parties/{old}/visibility/", {}).status_code == 404
    assert browser.get("/parties/999999999/").status_code == 404
    htmx = browser.get(f"/parties/{old}/", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx["HX-Redirect"]) == (204, f"/parties/{new}/")
    assert f"/providers/{old}/" not in client.get("/providers/?q=北斗").content.decode()


def test_operator_looks_first_and_merges_then(provider, rival, merchant, operator):
    factories.submitted_proposal(rival.actor, factories.open_need(merchant.actor))
    Party.objects.filter(pk=rival.party.pk).update(legal_name=provider.party.legal_name)
    browser = operator.browser()
    url = reverse("admin:parties_party_merge", args=[provider.party.pk])
    change = reverse("admin:parties_party_change", args=[provider.party.pk])
    assert url in browser.get(change).content.decode()
    assert f"?other={rival.party.pk}" in browser.get(url).content.decode()
    before = snapshot()
    preview = browser.get(url, {"other": rival.party.pk}).content.decode()
    assert rival.user.name in preview
    assert snapshot() == before, "a look changes nothing"
    assert browser.get(url, {"other": 999999}).status_code == 200
    ask = f"{url}?other={rival.party.pk}"
    assert browser.post(ask, {"why": ""}).status_code == 200
    assert Party.objects.get(pk=rival.party.pk).status == PartyStatus.LISTED
    assert browser.post(ask, {"why": WHY})["Location"] == change
    assert Party.objects.get(pk=rival.party.pk).merged_into == provider.party
    assert staff_person("reviewer").browser().get(url).status_code == 403


def test_preview_costs_the_same_for_one_and_three(merchant, operator):
    double = merchant_named("谷雨食品")
    url = reverse("admin:parties_party_merge", args=[merchant.party.pk])

    def cost():
        browser = operator.browser()
        with CaptureQueriesContext(connection) as queries:
            browser.get(url, {"other": double.party.pk})
        return len(queries)

    factories.draft_need(double.actor)
    one = cost()
    factories.draft_need(double.actor)
    factories.draft_need(double.actor)
    assert cost() == one
