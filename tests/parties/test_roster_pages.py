"""The pages of a roster: what each side sees and does."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.core.exports import find_export
from portal.core.models import AuditEntry, OutboxMessage
from portal.parties.models import Membership, MembershipScope, RosterEntry
from portal.parties.states import PartyKind, Role
from tests import factories
from tests.conftest import person_of
from tests.parties.test_roster import asked, invited, joined

pytestmark = pytest.mark.django_db
PHONE = "13900002222"


def roster_of(agency):
    return reverse("roster_list", args=[agency.party.pk])


def read(person, address, **headers):
    page = person.browser().get(address, **headers)
    assert page.status_code == 200
    return page.content.decode()


def plain(page):
    """Without what differs from one answer to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_roster_asks_as_often_with_one_row_as_with_three(agency, creator):
    client = agency.browser()
    address = roster_of(agency) + "?view=waiting"
    counts = []
    for number in range(3):
        invited(agency, None, phone=f"1390000222{number}")
        if number in (0, 2):
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_htmx_gets_a_literal_piece_of_the_roster(agency, creator):
    joined(agency, creator)
    whole = read(agency, roster_of(agency))
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "table"}
    part = read(agency, roster_of(agency), **headers)
    assert plain(part).strip() in plain(whole)
    assert "<html" not in part
    assert creator.party.name in part


def test_search_finds_by_name_account_and_phone(agency, creator):
    joined(agency, creator)
    invited(agency, None, name="阿岚", account="alan_live")
    for words, view, is_found in (
        ("小满", "members", True),
        ("阿岚", "members", False),
        ("阿岚", "waiting", True),
        ("ALAN", "waiting", True),
        ("2222", "waiting", True),
        ("nobody", "waiting", False),
    ):
        page = read(agency, f"{roster_of(agency)}?view={view}&q={words}")
        assert ("<tbody>" in page) == is_found, words


def test_link_leads_from_terms_to_membership(agency, creator):
    entry = invited(agency, None)
    assert entry.get_link_url() in read(agency, entry.get_absolute_url())
    page = read(creator, entry.get_link_url())
    assert entry.terms in page
    assert PHONE not in page
    client = creator.browser()
    answer = client.post(reverse("roster_acceptance", args=[entry.key]))
    assert answer.url == entry.get_absolute_url()
    assert RosterEntry.objects.get().creator == creator.party
    assert creator.party.name in read(agency, roster_of(agency))
    assert agency.party.name in read(creator, reverse("roster_list", args=[creator.party.pk]))


def test_link_is_texted_to_whoever_is_not_here(agency, creator):
    entry = invited(agency, None)
    (message,) = OutboxMessage.objects.filter(task__endswith="send_roster_link")
    assert message.payload == {"entry_id": entry.pk, "reminders": 0}
    assert PHONE not in str(message.payload)
    invited(agency, creator)
    assert OutboxMessage.objects.filter(task__endswith="send_roster_link").count() == 1


def test_phone_is_masked_until_a_manager_asks(agency):
    entry = invited(agency, None)
    address = entry.get_absolute_url()
    assert PHONE not in read(agency, roster_of(agency) + "?view=waiting") + read(agency, address)
    answer = agency.browser().post(reverse("roster_phone", args=[entry.pk]))
    assert PHONE in answer.content.decode()
    looked = AuditEntry.objects.get(verb="reveal_phone")
    assert looked.user == agency.user
    assert PHONE not in str([looked.before, looked.after])
    assert PHONE not in read(agency, address), "each look asks"
    audits = AuditEntry.objects.filter(object_type="parties.rosterentry")
    assert PHONE not in str(list(audits.values("before", "after", "why")))


def test_both_sides_read_what_is_contested_and_others_nothing(agency, creator, merchant):
    entry = joined(agency, creator)
    departure = asked(creator, entry)
    client = agency.browser()
    objection = reverse("departure_objection", args=[departure.pk])
    empty = client.post(objection, {"statement": ""})
    assert empty.status_code == 200
    assert "is-invalid" in empty.content.decode()
    client.post(objection, {"statement": "前期投入很大"})
    for person in (agency, creator):
        assert "前期投入很大" in read(person, entry.get_absolute_url())
    assert merchant.browser().get(entry.get_absolute_url()).status_code == 404


def test_agency_offers_a_listed_creator_without_a_phone(agency, creator):
    address = reverse("roster_create", args=[agency.party.pk]) + f"?creator={creator.party.pk}"
    page = read(agency, address)
    assert creator.party.name in page
    assert 'name="phone"' not in page
    sent = {"starts_on": "2030-01-01", "last_day": "2031-01-01", "terms": "按月结算"}
    agency.browser().post(address, sent | {"account": ""})
    assert RosterEntry.objects.get().creator == creator.party


# --- narrowed members ---------------------------------------------------------------------------


@pytest.fixture
def helper(agency):
    """A member of the agency who works for nobody yet."""
    user = factories.user("helper@example.com", "助理")
    member = Membership.objects.create(
        user=user, party=agency.party, role=Role.MEMBER, created_at=agency.party.created_at
    )
    MembershipScope.objects.create(membership=member)
    return person_of(agency.party, user, Role.MEMBER)


def test_narrowed_member_sees_their_creators_only(agency, helper, creator):
    other = person_of(factories.listed_party(PartyKind.CREATOR, "阿岚开箱"))
    mine, theirs = joined(agency, creator), joined(agency, other)
    assert "<tbody>" not in read(helper, roster_of(agency))
    MembershipScope.objects.get().parties.add(creator.party)
    page = read(helper, roster_of(agency))
    assert creator.party.name in page
    assert other.party.name not in page
    assert helper.browser().get(mine.get_absolute_url()).status_code == 200
    assert helper.browser().get(theirs.get_absolute_url()).status_code == 404
    listed = helper.browser().get("/api/v1/roster/").json()["results"]
    assert [row["id"] for row in listed] == [mine.pk]


def test_owner_is_never_narrowed(agency, creator):
    joined(agency, creator)
    MembershipScope.objects.create(membership=agency.party.membership_set.get(role=Role.OWNER))
    assert creator.party.name in read(agency, roster_of(agency))


def test_roster_is_ordered_and_exported_as_it_is_shown(agency, provider):
    for number, name in enumerate(("丙", "甲", "乙")):
        invited(agency, None, name=name, phone=f"1390000222{number}")
    names = sorted(("丙", "甲", "乙"))
    page = agency.browser().get(f"{roster_of(agency)}?view=waiting&sort=name")
    assert [row[0].value for row in page.context["table"].rows] == names
    kind = find_export("table.roster")
    params = {"view": "waiting", "q": "", "sort": "name"}
    rows = list(kind.rows(agency.actor, params))
    assert [row[0] for row in rows] == names
    assert PHONE not in {row[2] for row in rows}, "phones are masked"
    assert len(rows[0]) == len(kind.header(params))
    assert list(kind.rows(agency.actor, {"view": "nonsense", "sort": ";"})) == []
    assert not kind.may(provider.actor)


def test_chosen_columns_are_remembered(agency, creator):
    joined(agency, creator)
    browser = agency.browser()
    chosen = {"columns": ["name", "shown"], "query": "view=members"}
    answer = browser.post(reverse("table_columns", args=["roster"]), chosen)
    assert answer.url == f"{roster_of(agency)}?view=members"
    table = browser.get(answer.url).context["table"]
    assert [head.column.name for head in table.heads] == ["name", "shown"]
