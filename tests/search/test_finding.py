"""Each kind is found by every way of writing its name, by who may see it and by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matchmaking.needs import services as needs
from portal.conduct.models import Rule
from portal.core import clock
from portal.core.actor import anonymous_actor
from portal.parties import services as parties
from portal.parties.models import City
from portal.search.findables import finders
from portal.search.models import Entry
from portal.search.said import Said
from portal.search.selectors import first_hits, hits_of_kind
from portal.search.services import publish_entries, publish_missing
from tests import factories
from tests.conftest import staff_person
from tests.revenue.bills import making as bills
from tests.tiers.frameworks import making as frameworks
from tests.training.advice import making as advice
from training.advice import services as handbook

pytestmark = pytest.mark.django_db
VISITOR = anonymous_actor("web")


def found(actor, query, kind=None):
    """Titles by kind."""
    hits = {
        one.kind: [hit.title for hit in one.hits.rows] for one in first_hits(actor, Said.of(query))
    }
    return hits if kind is None else hits.get(kind, [])


@pytest.fixture
def open_need(merchant):
    return factories.open_need(merchant.actor, title="重庆火锅底料找达人直播")


@pytest.mark.parametrize(
    "query",
    [
        "重庆火锅",
        "重慶火鍋",
        "底料 直播",
        "锅",
        "zhongqinghuoguo",
        "chongqing",
        "cqhg",
        "ＣＱＨＧ",
    ],
)
def test_need_is_found_however_its_title_is_written(open_need, query):
    assert found(VISITOR, query, "need") == [open_need.title]


@pytest.mark.parametrize("query", ["火底", "hgzb", "直播火锅底料", "成都", "重庆 成都"])
def test_what_is_not_in_the_title_is_no_hit(open_need, query):
    assert found(VISITOR, query, "need") == []


def test_need_is_found_by_its_number_and_by_no_other(open_need):
    year, key = open_need.created_at.year, open_need.pk
    for query in (open_need.number, open_need.number.lower(), f"{year}-{key:05d}", f"{key:05d}"):
        assert found(VISITOR, query, "need") == [open_need.title]
    for query in (f"XQ-{year - 1}-{key:05d}", f"ZS-{year}-{key:05d}", f"XQ-{year}-{key + 1:05d}"):
        assert found(VISITOR, query, "need") == []


def test_draft_and_the_merchants_name_are_its_own(merchant, provider, operator):
    draft = factories.draft_need(merchant.actor, title="悄悄话需求")
    assert found(merchant.actor, "悄悄话", "need") == [draft.title]
    for actor in (VISITOR, provider.actor, operator.actor):
        assert found(actor, "悄悄话") == {}
        assert found(actor, draft.number) == {}
    open_one = factories.open_need(merchant.actor)
    assert found(VISITOR, merchant.party.name, "need") == [], "names are for those invited"
    assert found(VISITOR, open_one.title, "need") == [open_one.title]


def test_new_title_is_found_and_the_old_one_is_not(merchant):
    draft = factories.draft_need(merchant.actor, title="旧题目甲")
    needs.update_need(merchant.actor, need=draft, fields=factories.need_fields(title="新题目乙"))
    assert found(merchant.actor, "旧题目") == {}
    assert found(merchant.actor, "xintimu", "need") == ["新题目乙"]


def test_party_is_found_as_its_directory_finds_it_and_never_when_hidden(provider, operator):
    assert found(VISITOR, "yunfan", "provider") == [provider.party.name]
    assert found(VISITOR, provider.party.name, "merchant") == []
    parties.hide_party(provider.actor, party=provider.party)
    for actor in (VISITOR, provider.actor, operator.actor):
        assert found(actor, provider.party.name, "provider") == []


def test_products_packages_posts_fairs_and_announcements_are_found(merchant, provider, creator):
    product = factories.listed_product(merchant.actor, name="雪峰蜜桔礼盒")
    post = factories.open_post(creator.actor, title="雪峰脐橙专场")
    fields = factories.service_offer_fields(title="雪峰代运营包")
    offer = needs.create_service_offer(provider.actor, fields=fields)
    notice = factories.announcement(title_zh="雪峰系统维护")
    everything = found(VISITOR, "xuefeng")
    assert everything["product"] == [product.name]
    assert everything["post"] == [post.title]
    assert everything["announcement"] == [notice.title]
    assert found(provider.actor, "雪峰代", "package") == [offer.title]
    assert found(VISITOR, product.number, "product") == [product.name]
    assert found(VISITOR, creator.party.name, "post") == [post.title], "by who wrote it"


def test_own_application_is_found_by_product_post_other_side_and_number(
    merchant, creator, provider, operator
):
    product = factories.listed_product(merchant.actor, name="冷萃咖啡液")
    post = factories.open_post(creator.actor, title="早餐专场")
    row = factories.submitted_application(merchant.actor, post, product)
    for query in ("咖啡", "kafei", row.number):
        for person in (merchant, creator):
            assert found(person.actor, query, "application") == [product.name]
        for actor in (VISITOR, provider.actor, operator.actor):
            assert found(actor, query, "application") == []
    assert found(merchant.actor, "zaocan", "application") == [product.name]
    assert found(merchant.actor, creator.party.name, "application") == [product.name]
    assert found(creator.actor, merchant.party.name, "application") == [product.name]
    assert found(merchant.actor, merchant.party.name, "application") == [], "not by one's own name"


@pytest.fixture
def agreed(merchant, provider):
    need = factories.open_need(merchant.actor, title="春茶上新代运营")
    proposal = factories.submitted_proposal(provider.actor, need)
    return needs.accept_proposal(merchant.actor, proposal=proposal)


def test_cooperation_and_its_paper_are_for_both_sides_alone(agreed, merchant, provider, rival):
    assert found(merchant.actor, "chuncha", "cooperation") == [agreed.title]
    assert found(provider.actor, merchant.party.name, "cooperation") == [agreed.title]
    assert found(merchant.actor, "yunfan", "agreement") == [provider.party.name]
    assert found(merchant.actor, str(agreed.agreement_id), "agreement") == [provider.party.name]
    for actor in (VISITOR, rival.actor):
        for query in ("chuncha", str(agreed.agreement_id)):
            assert not {"cooperation", "agreement"} & found(actor, query).keys()


def test_other_side_is_found_by_its_name_while_it_is_hidden(agreed, merchant, provider):
    parties.hide_party(provider.actor, party=provider.party)
    assert found(merchant.actor, provider.party.name, "cooperation") == [agreed.title]


@pytest.mark.parametrize(("is_theirs", "hits"), [(True, 1), (False, 0)])
def test_operators_find_papers_of_their_own_regions(agreed, is_theirs, hits):
    region = agreed.merchant.city.region
    other = City.objects.exclude(region=region).first().region
    person = staff_person("operator", regions=[(region if is_theirs else other).code])
    assert len(found(person.actor, str(agreed.agreement_id), "agreement")) == hits
    assert len(found(person.actor, "chuncha", "cooperation")) == hits


def test_pages_of_a_kind_go_on_where_the_last_one_ended(merchant):
    for number in range(23):
        factories.draft_need(merchant.actor, title=f"长长的需求{number}")
    said = Said.of("长长的")
    first = hits_of_kind(merchant.actor, said, "need", "")
    assert (len(first.hits.rows), first.count, first.hits.previous) == (20, 23, "")
    last = hits_of_kind(merchant.actor, said, "need", first.hits.next)
    assert (len(last.hits.rows), last.hits.next) == (3, "")
    titles = [hit.title for hit in (*first.hits.rows, *last.hits.rows)]
    assert titles == [f"长长的需求{n}" for n in reversed(range(23))]
    assert hits_of_kind(merchant.actor, said, "need", "forged").hits.rows == first.hits.rows
    assert hits_of_kind(VISITOR, said, "application", "") is None


def test_directory_pages_go_on_too():
    names = [f"云海{chr(0x4E00 + n)}店" for n in range(22)]
    for name in names:
        factories.listed_party("merchant", name)
    first = hits_of_kind(VISITOR, Said.of("云海"), "merchant", "")
    rest = hits_of_kind(VISITOR, Said.of("云海"), "merchant", first.hits.next)
    assert (first.count, len(first.hits.rows), len(rest.hits.rows)) == (22, 20, 2)
    assert {hit.title for hit in (*first.hits.rows, *rest.hits.rows)} == set(names)


def test_index_is_made_again_from_its_rows(merchant):
    publish_missing()  # what reference data brought
    need = factories.draft_need(merchant.actor, title="会丢的名字")
    kept = Entry.objects.filter(kind="need", key=need.pk)
    kept.delete()
    assert found(merchant.actor, "会丢") == {}
    assert publish_missing() == 1
    assert found(merchant.actor, "会丢", "need") == [need.title]
    kept.update(text="别的", readings="", tokens=[])
    publish_entries()
    assert found(merchant.actor, "huidiu", "need") == [need.title]


def test_a_step_that_changes_no_name_writes_no_entry(merchant):
    need = factories.draft_need(merchant.actor)
    before = Entry.objects.get(kind="need", key=need.pk)
    needs.publish_need(merchant.actor, need=need)
    assert Entry.objects.get(kind="need", key=need.pk).pk == before.pk


def test_kinds_have_names_of_their_own():
    kinds = [finder.kind for finder in finders()]
    assert len(set(kinds)) == len(kinds) >= 19
    assert kinds[:4] == ["merchant", "provider", "agency", "creator"]


def test_chapters_advisers_and_rules_of_conduct_are_found_as_their_lists_show_them(
    visitor, provider, operator
):
    editor = factories.SYSTEM
    version = advice.chapter(title_zh="冷启动三十天")
    handbook.draft_chapter(editor, code="secret", fields=advice.chapter_fields(title_zh="没发的稿"))
    [hit] = hits_of_kind(VISITOR, Said.of("lengqidong"), "chapter", "").hits.rows
    assert (hit.title, hit.url) == ("冷启动三十天", version.chapter.get_absolute_url())
    assert found(operator.actor, "没发的稿") == {}
    one = advice.adviser(name="顾老师", audience=["provider"])
    assert (
        found(provider.actor, "gulaoshi", "adviser")
        == found(VISITOR, "顾老", "adviser")
        == [one.name]
    )
    handbook.retire_chapter(editor, chapter=version.chapter)
    handbook.release_adviser(editor, adviser=one, why="任期已满")
    for actor in (VISITOR, provider.actor, operator.actor):
        assert found(actor, "冷启动", "chapter") == found(actor, "顾老师", "adviser") == []
    publish_missing()
    rule = Rule.objects.on(clock.today()).first()
    [hit] = hits_of_kind(VISITOR, Said.of(rule.title_zh), "rule", "").hits.rows
    assert visitor.get(hit.url).status_code == 200
    Rule.objects.filter(pk=rule.pk).update(ends_on=clock.today() - timedelta(days=1))
    assert found(VISITOR, rule.title_zh, "rule") == []


def test_bill_is_found_by_its_part_its_other_side_and_its_paper(merchant, creator, rival):
    bill = bills.raised(merchant, creator)
    for query in (bill.code, creator.party.name, str(bill.agreement_id)):
        assert found(merchant.actor, query, "bill") == [creator.party.name]
        assert found(rival.actor, query, "bill") == []
    assert found(creator.actor, merchant.party.name, "bill") == [merchant.party.name]
    assert hits_of_kind(VISITOR, Said.of(bill.code), "bill", "") is None


def test_framework_is_found_by_its_agency_its_first_month_and_its_paper(agency, rival, provider):
    operator = staff_person("operator")
    framework = frameworks.proposed(operator, agency)
    begins, paper = f"{framework.starts_on:%Y-%m}", str(framework.agreement_id)
    for query in (agency.party.name, "xingye", begins, begins[:4], paper):
        for person in (operator, agency):
            assert found(person.actor, query, "framework") == [agency.party.name]
    other = City.objects.exclude(region=agency.party.city.region).first().region
    elsewhere = staff_person("operator", "reviewer", regions=[other.code])
    assert found(elsewhere.actor, agency.party.name, "framework") == []
    for actor in (VISITOR, provider.actor, rival.actor):
        assert not found(actor, paper).keys() & {"framework", "agreement"}


# --- pages and API ---------------------------------------------------------------------------


def test_page_says_what_to_type_and_what_to_do_when_nothing_is_found(visitor):
    for query, said in (("", "XQ-2026-00012"), ("y", "XQ-2026-00012"), ("没有这个", "/providers/")):
        answer = visitor.get("/search/", {"q": query})
        assert said in answer.content.decode()
        assert answer.context["found"] == []


def test_page_links_each_kind_and_suggestions_drop_down(visitor, open_need):
    page = visitor.get("/search/", {"q": "火锅"})
    assert open_need.get_absolute_url() in page.content.decode()
    one = visitor.get("/search/", {"q": "火锅", "kind": "need"})
    assert open_need.get_absolute_url() in one.content.decode()
    assert visitor.get("/search/", {"q": "火锅", "kind": "nonsense"}).status_code == 404
    assert (
        visitor.get("/search/suggestions/", {"q": "火锅"})
        .headers["Location"]
        .startswith("/search/")
    )
    part = visitor.get("/search/suggestions/", {"q": "火锅"}, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert ('role="option"' in text, "<html" in text) == (True, False)
    assert open_need.get_absolute_url() in text


def test_visitors_search_so_often_a_minute_and_members_as_they_like(visitor, merchant, monkeypatch):
    monkeypatch.setattr("portal.search.limits.VISITOR", 2)
    answers = [visitor.get("/search/", {"q": "火锅"}).status_code for _ in range(3)]
    assert answers == [200, 200, 409]
    assert visitor.get("/api/v1/search/", {"q": "火锅"}).status_code == 409
    assert visitor.get("/search/").status_code == 200, "nothing was asked"
    browser = merchant.browser()
    assert {browser.get("/search/", {"q": "火锅"}).status_code for _ in range(3)} == {200}


def test_api_finds_the_same(visitor, open_need, merchant):
    answer = visitor.get("/api/v1/search/", {"q": "huoguo"}).json()
    (one,) = [kind for kind in answer["kinds"] if kind["kind"] == "need"]
    assert (one["count"], one["is_exact"], one["next"]) == (1, True, None)
    (hit,) = one["hits"]
    assert (hit["title"], hit["number"]) == (open_need.title, open_need.number)
    assert visitor.get("/api/v1/search/", {"q": "y"}).json()["is_short"] is True
    own = merchant.browser().get("/api/v1/search/", {"q": "huoguo", "kind": "application"})
    assert own.json()["kinds"][0]["hits"] == []
    assert visitor.get("/api/v1/search/", {"q": "hg", "kind": "application"}).status_code == 404


@pytest.mark.parametrize(
    "query", ["'; DROP", "%_\\", "😀😀", "云" * 300, "\0\0云", "((((", "a*+?["]
)
def test_odd_queries_find_nothing_and_break_nothing(merchant, query):
    assert merchant.browser().get("/search/", {"q": query}).status_code == 200


def test_cost_is_the_same_for_one_hit_and_for_three(merchant):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            first_hits(merchant.actor, Said.of("一样贵"))
        return len(queries)

    factories.open_need(merchant.actor, title="一样贵的需求")
    factories.listed_product(merchant.actor, name="一样贵的货")
    cost()
    one = cost()
    for number in range(2):
        factories.open_need(merchant.actor, title=f"一样贵的需求{number}")
        factories.listed_product(merchant.actor, name=f"一样贵的货{number}")
    assert cost() == one <= 55
