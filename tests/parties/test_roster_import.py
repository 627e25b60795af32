"""An agency moves in with a file: checked line by line, then each creator is invited once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.needs import services as needs
from portal.core import clock
from portal.core.imports import Row
from portal.parties.imports.roster import check_roster, invite_roster, may_import_roster
from portal.parties.models import Membership, MembershipScope, RosterEntry
from portal.parties.services import narrow_member
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.conftest import person_of
from tests.parties.test_roster import invited, joined, refused

pytestmark = pytest.mark.django_db


def values(phone="13911110001", **changes):
    today = clock.today()
    return {
        "name": "阿岚",
        "account": None,
        "phone": phone,
        "starts_on": today,
        "last_day": today + timedelta(days=100),
        "terms": "按月结算",
    } | changes


def test_good_rows_become_invitations_once(agency):
    rows = [values(), values("13911110002", account="alan")]
    lines = [Row(line, row) for line, row in enumerate(rows, start=2)]
    assert list(check_roster(agency.actor, lines)) == []
    assert not RosterEntry.objects.exists(), "a check writes nothing"
    assert invite_roster(agency.actor, rows) == 2
    assert invite_roster(agency.actor, rows) == 0, "safe to run twice"
    found = RosterEntry.objects.invited().order_by("pk")
    assert [entry.phone for entry in found] == ["+8613911110001", "+8613911110002"]


def test_fault_names_its_line_and_column(agency):
    invited(agency, None)
    yesterday = clock.today() - timedelta(days=1)
    rows = [
        Row(2, values("139 0000 2222")),
        Row(3, values("call me")),
        Row(4, values("13911110003", last_day=yesterday)),
    ]
    faults = [(line, flaw.field) for line, flaw in check_roster(agency.actor, rows)]
    assert faults == [(2, "phone"), (3, "phone"), (4, "last_day")]


def test_only_a_verified_agency_moves_in(agency, merchant, stranger):
    assert may_import_roster(agency.actor)
    for person in (merchant, stranger):
        assert may_import_roster(person.actor).status == 403
    assert agency.browser().get("/imports/new/parties.roster/").status_code == 200


# --- narrowed members ---------------------------------------------------------------------------


@pytest.fixture
def helper(agency):
    user = factories.user("helper@example.com", "助理")
    return Membership.objects.create(
        user=user, party=agency.party, role=Role.MEMBER, created_at=agency.party.created_at
    )


def test_member_is_narrowed_and_widened_again(agency, creator, helper):
    other = person_of(factories.listed_party(PartyKind.CREATOR, "阿岚开箱"))
    joined(agency, creator)
    joined(agency, other)
    address = f"/parties/{agency.party.pk}/members/{helper.pk}/scope/"
    client = agency.browser()
    client.post(address, {"reach": "named", "parties": [creator.party.pk]})
    person = person_of(agency.party, helper.user, Role.MEMBER)
    seen = RosterEntry.objects.visible_to(person.actor)
    assert [entry.creator for entry in seen] == [creator.party]
    client.post(address, {"reach": "all"})
    assert seen.all().count() == 2


def test_narrowing_has_its_limits(agency, creator, merchant, helper, colleague):
    owner = agency.party.membership_set.get(role=Role.OWNER)
    person = person_of(agency.party, helper.user, Role.MEMBER)
    finance = Membership.objects.get(user=colleague.user)
    Membership.objects.filter(pk=finance.pk).update(role=Role.FINANCE)
    finance.refresh_from_db()
    alone = creator.party.membership_set.get()
    for actor, membership, parties, status in (
        (agency.actor, owner, [], 409),
        (person.actor, helper, [], 403),
        (merchant.actor, helper, [], 403),
        (merchant.actor, finance, [], 409),
        (creator.actor, alone, [], 409),
        (agency.actor, helper, [merchant.party], 422),
    ):
        refused(
            lambda a=actor, m=membership, p=parties: narrow_member(a, membership=m, parties=p),
            status,
        )
    assert not MembershipScope.objects.exists()


def test_narrowed_member_of_a_provider_sees_named_merchants_cooperations(merchant, provider):
    need = factories.open_need(merchant.actor)
    needs.accept_proposal(
        merchant.actor, proposal=factories.submitted_proposal(provider.actor, need)
    )
    member = Membership.objects.create(
        user=factories.user("helper@example.com"),
        party=provider.party,
        role=Role.MEMBER,
        created_at=provider.party.created_at,
    )
    person = person_of(provider.party, member.user, Role.MEMBER)
    assert Cooperation.objects.visible_to(person.actor).count() == 1
    narrow_member(provider.actor, membership=member, parties=[])
    assert Cooperation.objects.visible_to(person.actor).count() == 0
    narrow_member(provider.actor, membership=member, parties=[merchant.party])
    assert Cooperation.objects.visible_to(person.actor).count() == 1
