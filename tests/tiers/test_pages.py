"""Pages of the stars: what they say, to whom, and with how many queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import clock
from portal.core.money import Money
from portal.core.verdict import Refused
from portal.pages.todos import todos_of
from portal.pages.todos.stars import star_review_todos, star_todos
from portal.parties.models import Membership, MembershipScope
from portal.parties.states import Role
from portal.tiers import services
from portal.tiers.benefits import benefits_of
from portal.tiers.engine import quarter_of
from portal.tiers.fields import ApplicationFields
from portal.tiers.models import CountedCreator, StarRuleSet, StarStanding
from portal.tiers.selectors import counts_by_star, reasons_of
from tests import factories
from tests.conftest import person_of, staff_person
from tests.matchmaking.fairs.making import open_fair, signed_up
from tests.tiers.making import (
    as_of_now,
    creators_of,
    risen,
    small_rules,
    standing_now,
    told_now,
)

pytestmark = pytest.mark.django_db


def test_member_narrowed_to_some_creators_reads_no_sums_of_all(agency):
    review = as_of_now(agency.party)
    application = services.apply_for_star(
        agency.actor, review=review, fields=ApplicationFields(note="私下说明")
    )
    user = factories.user("helper@example.com", "助理")
    member = Membership.objects.create(
        user=user, party=agency.party, role=Role.MEMBER, created_at=clock.now()
    )
    helper = person_of(agency.party, user, Role.MEMBER)
    pages = [review.get_absolute_url(), application.get_absolute_url()]
    assert [helper.browser().get(page).status_code for page in pages] == [200, 200]
    MembershipScope.objects.create(membership=member)
    browser = helper.browser()
    assert [browser.get(page).status_code for page in pages] == [404, 404]
    assert browser.get(f"/api/v1/star-reviews/{review.pk}/").status_code == 404
    assert browser.get("/api/v1/star-applications/").json()["results"] == []
    for page in ("/tiers/ours/", "/tiers/quarters/", "/workbench/"):
        assert Money(review.net_fen).short not in browser.get(page).text


def test_public_pages_show_holders_by_name_and_star(agency, visitor):
    standing = standing_now(told_now(agency.party), stars=3)
    other = factories.listed_party("agency", "远山传媒")
    standing_now(told_now(other), stars=1)
    front = visitor.get("/tiers/")
    assert front.status_code == 200
    assert counts_by_star() == {5: 0, 4: 0, 3: 1, 2: 0, 1: 1}
    page = visitor.get("/tiers/holders/").content.decode()
    assert page.index(agency.party.name) < page.index(other.name)
    for query, shown in (("q=远山", other), ("stars=3", agency.party)):
        page = visitor.get(f"/tiers/holders/?{query}").content.decode()
        assert (agency.party.name in page, other.name in page) == (
            shown == agency.party,
            shown == other,
        )
    assert visitor.get("/tiers/holders/?q=%00&stars=9&cursor=x").status_code == 200
    badge = visitor.get(f"/tiers/badges/{standing.number.lower()}/")
    assert agency.party.name in badge.content.decode()
    assert visitor.get("/tiers/badges/NOSUCHNUMBER/").status_code == 404
    StarStanding.objects.filter(pk=standing.pk).update(stars=0)
    gone = visitor.get(f"/tiers/badges/{standing.number}/").content.decode()
    assert agency.party.name not in gone


def test_own_page_says_what_is_missing_in_plain_numbers(agency):
    as_of_now(agency.party, back=1, status="preview", window=None, creators=3, health=None)
    page = agency.browser().get("/tiers/ours/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "2 more" in page or "还差 2" in page
    review = told_now(agency.party, before=2, result=2, reached=1, movement="grace")
    assert any("grace" in one or "保级" in one for one in reasons_of(review))


def test_rows_behind_a_quarter_take_as_many_queries_for_three_as_for_one(agency):
    review = as_of_now(agency.party)

    def queries() -> int:
        client = agency.browser()
        client.get(review.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(review.get_absolute_url()).status_code == 200
        return len(captured)

    def count(creator) -> None:
        CountedCreator.objects.create(review=review, creator=creator.party, net_fen=5)

    one, *others = creators_of(agency, 3, since=clock.today() - timedelta(days=9))
    count(one)
    alone = queries()
    for other in others:
        count(other)
    assert queries() == alone


def test_workbench_says_who_is_to_do_what(agency):
    review = as_of_now(agency.party)
    [todo] = todos_of(agency.actor, [star_todos])
    assert todo.url.endswith("/application/")
    services.apply_for_star(agency.actor, review=review, fields=ApplicationFields())
    assert not todos_of(agency.actor, [star_todos])
    operator = staff_person("operator")
    [todo] = todos_of(operator.actor, [star_review_todos])
    assert agency.party.name in todo.title
    assert not todos_of(agency.actor, [star_review_todos])


def test_stars_bring_seats_at_fairs_and_no_more_than_these(agency, creator):
    standing_now(told_now(agency.party), stars=2)
    fair = open_fair(seats=9, creators_per_agency=0)
    mine = creators_of(agency, 6, since=clock.today() - timedelta(days=30))
    [listed, seats] = benefits_of(agency.party, 2)
    assert (seats.amount, seats.uses[0].left) == (5, 5)
    for person in mine[:5]:
        signed_up(agency.actor, fair, person.party)
    with pytest.raises(Refused) as caught, transaction.atomic():
        signed_up(agency.actor, fair, mine[5].party)
    assert caught.value.verdict.status == 409
    assert benefits_of(agency.party, 2)[1].uses[0].left == 0
    StarStanding.objects.update(stars=1)
    assert [one.kind for one in benefits_of(agency.party, 1)] == [listed.kind]


def test_directory_narrows_by_star(agency, merchant):
    small_rules()
    risen(agency, merchant)
    factories.listed_party("agency", "远山传媒")
    page = Client().get("/agencies/?stars=1").content.decode()
    assert agency.party.name in page
    assert "远山传媒" not in page


def test_operator_proposes_the_table_from_the_one_that_holds():
    """Filled in with today's; a flaw is named beside its field."""
    maker = staff_person("finance maker").browser()
    address = "/admin/tiers/starruleset/proposal/"
    form = maker.get(address).context["form"]
    first = quarter_of(clock.today() + timedelta(days=20)).next().first_day
    filled = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in filled.items()}
    sent |= {"starts_on": first.isoformat(), "source": "2026 公告"}
    wrong = maker.post(address, sent | {"creators_3": 2})
    assert list(wrong.context["form"].errors) == ["creators_3"]
    assert maker.post(address, sent).status_code == 302
    proposed = StarRuleSet.objects.proposed().get()
    held = StarRuleSet.objects.approved().get()
    assert proposed.judged_by == held.judged_by
    assert proposed.benefits.count() == held.benefits.count()


def test_quarters_are_a_table_to_narrow_and_export(agency):
    as_of_now(agency.party)
    operator = staff_person("operator").browser()
    page = operator.get("/tiers/quarters/?stars=0&status=computed").content.decode()
    assert agency.party.name in page
    for query in ("stars=5", "status=grace", "quarter=1999Q1", "quarter=nonsense&stars=x"):
        assert operator.get(f"/tiers/quarters/?{query}").status_code == 200
    assert agency.party.name not in operator.get("/tiers/quarters/?stars=5").content.decode()
    assert agency.browser().get("/tiers/quarters/").status_code == 200
