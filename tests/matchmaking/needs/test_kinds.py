"""What a need asks of creators and agencies alone: written, kept, shown, and ranked by."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from matchmaking.needs import selectors, services
from matchmaking.needs.models import Need, NeedDraft
from matchmaking.needs.ranking import CandidateList, fit_of
from portal.core import clock
from portal.parties.listing import Reached, publish_reach
from portal.parties.models import Category
from portal.parties.states import PartyKind
from tests import factories
from tests.conftest import person_of
from tests.matchmaking.needs.checks import english, refused
from tests.matchmaking.needs.test_places import join

pytestmark = pytest.mark.django_db

CHEAP, DEAR = (10_000, 0, 0, 0, 0), (0, 0, 0, 0, 10_000)
OF_CREATOR = {
    "followers_least": 100_000,
    "shopping_least": 10_000,
    "goods_low_fen": 0,
    "goods_high_fen": 4_900,
    "lives_wanted": 2,
    "videos_wanted": 6,
    "gives_samples": True,
}
OF_AGENCY = {"roster_least": 2, "creators_wanted": 3, "creator_level": "mid"}


def seeking(person, kind, **changes):
    return factories.open_need(person.actor, seeks=kind, service_ids=[], **changes)


def creators(**reached):
    found = {name: factories.listed_party(PartyKind.CREATOR, name) for name in reached}
    publish_reach({found[name].pk: row for name, row in reached.items() if row})
    return found


def names(need):
    return [candidate.provider.name for candidate in CandidateList(need).slice(0, 20)]


def test_followers_are_a_hard_condition_and_not_known_is_not_fewer(merchant):
    creators(大=Reached(100_000, None, 10_000), 小=Reached(99_999), 少买=Reached(900_000, None, 1))
    creators(未知=None)
    need = seeking(merchant, "creator", followers_least=100_000, shopping_least=10_000)
    assert set(names(need)) == {"大", "未知"}
    with translation.override("en"):
        found = CandidateList(need)
        unknown = next(c for c in found.slice(0, 9) if c.provider.name == "未知")
        assert [str(e.reason) for e in found.exclusions] == ["has fewer followers than asked for"]
    assert unknown.missing == [
        "Its followers are not known",
        "Its shopping followers are not known",
    ]


def test_who_sells_at_the_price_stands_higher_and_unknown_in_the_middle(merchant):
    creators(便宜=Reached(goods_bp=CHEAP), 贵=Reached(goods_bp=DEAR), 未知=None)
    need = seeking(merchant, "creator", goods_low_fen=0, goods_high_fen=4_900)
    found = CandidateList(need)
    parts = {
        c.provider.name: next(p for p in c.parts if p.code == "goods") for c in found.slice(0, 9)
    }
    assert names(need)[0] == "便宜"
    assert names(need)[-1] == "贵"
    assert [parts[name].points for name in ("便宜", "贵")] == pytest.approx([10, 0])
    assert parts["未知"].points == pytest.approx(5)
    assert not parts["未知"].is_measured
    assert "goods" in CandidateList(seeking(merchant, "creator")).ranking.unmeasured


def test_roster_is_a_hard_condition_and_the_level_a_gap(merchant, agency):
    crew = [
        factories.listed_party(PartyKind.CREATOR, f"达人{n}") for n in range(4)
    ]  # two of them unknown
    for one in crew:
        join(person_of(one), agency)
    publish_reach({crew[0].pk: Reached(200_000), crew[1].pk: Reached(20_000)})
    factories.listed_party(PartyKind.AGENCY, "空机构")
    assert names(seeking(merchant, "agency", roster_least=4)) == [agency.party.name]
    assert names(seeking(merchant, "agency", roster_least=5)) == []
    with translation.override("en"):
        found = CandidateList(seeking(merchant, "agency", **OF_AGENCY))
        [candidate] = found.slice(0, 9)
    assert candidate.missing == ["Known to have 1 creators at this level, 3 are wanted"]
    assert candidate.size.roster == 4


def test_followers_of_an_agencys_creators_together_are_a_hard_condition(merchant, agency):
    crew = [factories.listed_party(PartyKind.CREATOR, f"达人{n}") for n in range(3)]
    for one in crew:
        join(person_of(one), agency)
    publish_reach({one.pk: Reached(20_000) for one in crew})
    factories.listed_party(PartyKind.AGENCY, "不知道多少")
    both = [agency.party.name, "不知道多少"]
    assert sorted(names(seeking(merchant, "agency", followers_least=60_000))) == sorted(both)
    assert names(seeking(merchant, "agency", followers_least=60_001)) == ["不知道多少"]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("provider", OF_CREATOR),
        ("provider", OF_AGENCY),
        ("provider", {"followers_least": 1}),
        ("agency", {"gives_samples": True}),
        ("creator", {"creator_level": "mid"}),
        ("creator", {"followers_least": 0}),
        ("creator", {"goods_low_fen": 5}),
        ("creator", {"goods_low_fen": 5, "goods_high_fen": 4}),
        ("creator", {"goods_low_fen": 0, "goods_high_fen": 0}),
        ("creator", {"facts": ["own_live"]}),
        ("agency", {"creator_level": "star"}),
        ("agency", {"creators_wanted": 10_001}),
    ],
)
def test_what_is_asked_of_another_kind_or_means_nothing_is_refused(merchant, kind, wrong):
    services_of = {} if kind == "provider" else {"service_ids": []}
    fields = factories.need_fields(seeks=kind, **services_of | wrong)
    refused(422, services.create_need, merchant.actor, fields=fields)
    assert not Need.objects.exists()


@pytest.mark.parametrize("column", [*OF_CREATOR, *OF_AGENCY])
def test_database_keeps_nothing_of_creators_or_agencies_on_a_providers_need(merchant, column):
    need = factories.draft_need(merchant.actor)
    value = (OF_CREATOR | OF_AGENCY)[column]
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(**{column: value})


def test_copies_and_templates_keep_what_is_asked(merchant):
    need = seeking(merchant, "creator", **OF_CREATOR)
    template = services.save_template(merchant.actor, need=need, name="达人专场")
    for address in (f"like={need.pk}", f"template={template.pk}"):
        form = merchant.browser().get(f"/needs/new/?{address}").context["form"]
        assert form.kind == "creator"
        assert form["followers_least"].value() == 100_000
        assert form["goods_high"].value() == "49"
        assert form["gives_samples"].value() is True
        assert "roster_least" not in form.fields
        assert "services" not in form.fields
    assert selectors.values_of_need(need).items() >= OF_CREATOR.items()


def typed(**changes):
    today = clock.today()
    return {
        "title": "新品专场",
        "brief": "专场日期与货盘。",
        "seeks": "creator",
        "categories": [Category.objects.get(code="food").pk],
        "accepts_remote": "on",
        "price_form": "share",
        "share_low": "10",
        "share_high": "20",
        "starts_on": (today + timedelta(days=30)).isoformat(),
        "closes_on": (today + timedelta(days=10)).isoformat(),
        "term_months": "1",
    } | changes


def test_form_asks_a_creator_by_its_own_fields_and_a_share_by_no_budget(merchant):
    fields = {"followers_least": "100000", "goods_low": "20", "goods_high": "99", "lives_wanted": 2}
    answer = merchant.browser().post("/needs/new/", typed(**fields, roster_least="7"))
    assert answer.status_code == 302
    need = Need.objects.get()
    assert (need.followers_least, need.goods_high_fen, need.lives_wanted) == (100_000, 9_900, 2)
    assert (need.roster_least, need.budget_high_fen, need.share_high_bp) == (None, 0, 2_000)
    page = english(merchant).get(need.get_absolute_url())
    shown = page.content.decode()
    assert "100,000 followers at least" in shown
    assert "2 live sessions" in shown


def test_another_choice_brings_its_fields_and_judges_and_saves_nothing(merchant):
    sent = typed(title="", seeks="agency", price_form="guarantee", reshape="1")
    browser = merchant.browser()
    whole = browser.post("/needs/new/", sent)
    html = whole.content.decode()
    form = whole.context["form"]
    assert whole.status_code == 200
    assert not form.is_bound
    assert {"roster_least", "budget_low", "share_low"} <= form.fields.keys()
    assert not {"shopping_least", "services", "priority_price"} & form.fields.keys()
    assert form["brief"].value() == "专场日期与货盘。"
    part = browser.post(
        "/needs/new/", sent, headers={"HX-Request": "true", "HX-Target": "need-shape"}
    ).content.decode()
    assert "<html" not in part
    assert part.strip().startswith('<div id="need-shape"')
    assert part.strip() in html
    assert not Need.objects.exists()
    assert not NeedDraft.objects.exists()


def test_form_of_a_provider_asks_for_a_service_and_says_so(merchant):
    page = merchant.browser().get("/needs/new/")
    assert page.context["form"].fields["services"].required
    answer = merchant.browser().post("/needs/new/", typed(seeks="provider"))
    assert "services" in answer.context["form"].errors


def test_api_writes_and_shows_what_is_asked(merchant):
    today = clock.today()
    body = {
        "title": "新品专场",
        "brief": "专场日期与货盘。",
        "seeks": "creator",
        "categories": [Category.objects.get(code="food").pk],
        "budget_low_fen": 0,
        "budget_high_fen": 0,
        "starts_on": (today + timedelta(days=30)).isoformat(),
        "closes_on": (today + timedelta(days=10)).isoformat(),
        "term_months": 1,
    }
    browser = merchant.browser()
    made = browser.post("/api/v1/needs/", body | OF_CREATOR, content_type="application/json")
    assert made.status_code == 201
    assert made.json().items() >= OF_CREATOR.items()
    wrong = browser.post("/api/v1/needs/", body | OF_AGENCY, content_type="application/json")
    assert wrong.status_code == 422
    assert "roster_least" in wrong.content.decode()
    need = Need.objects.get()
    creators(大=Reached(5_000_000, 9_900, 90_000, CHEAP))
    services.publish_need(merchant.actor, need=need)
    [row] = browser.get(f"/api/v1/needs/{need.pk}/candidates/").json()["results"]
    assert row["size"] == {
        "followers": 5_000_000,
        "shopping_followers": 90_000,
        "average_price_fen": 9_900,
        "roster": None,
        "categories": [{"category": "食品饮料", "percent": 100}],
    }


def test_rows_of_candidates_cost_the_same_queries_however_many(merchant):
    need = seeking(merchant, "creator", followers_least=1_000)
    browser = merchant.browser()
    counts = []
    for number in (1, 3):
        for row in range(number):
            creators(**{f"达人{number}{row}": Reached(10_000 + row, 5_000, 900, CHEAP)})
        browser.get(f"/needs/{need.pk}/candidates/")  # reads the market, and logs who was shown
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = browser.get(f"/needs/{need.pk}/candidates/")
        counts.append(len(queries))
        assert page.context["rows"][0]["candidate"].size.followers
    assert counts[0] == counts[1]


def test_answers_of_creators_stand_side_by_side_with_their_size(merchant):
    found = creators(大=Reached(5_000_000, 9_900, 90_000, CHEAP))
    need = seeking(merchant, "creator")
    factories.submitted_proposal(person_of(found["大"]).actor, need)
    page = english(merchant).get(need.get_absolute_url())
    shown = page.content.decode()
    assert "5,000,000" in shown
    assert "90,000 of them buy" in shown


def test_bidder_reads_what_it_has_of_what_is_asked(merchant, agency):
    found = creators(小=Reached(9_000))
    need = seeking(merchant, "creator", followers_least=100_000, shopping_least=10)
    with translation.override("en"):
        small = fit_of(need, found["小"])
        empty = fit_of(seeking(merchant, "agency", roster_least=2), agency.party)
    told = [line.text for line in small.lacking]
    assert told[:2] == [
        "You have 9,000 followers; at least 100,000 are asked for",
        "How many shopping followers you have is not known here",
    ]
    assert not small.is_in_order
    assert empty.lacking[0].text == "You have 0 creators under contract; at least 2 are asked for"
