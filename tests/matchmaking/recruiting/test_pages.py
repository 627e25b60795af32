"""Pages of posts and applications: who sees what, and the way from one to the next."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matchmaking.recruiting import services
from matchmaking.recruiting.models import Application, Post, PostDraft, PostSearch, PostTemplate
from portal.core import clock
from portal.parties.models import Category
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(creator):
    return factories.open_post(creator.actor)


def form_of(**changes):
    today = clock.today()
    return {
        "title": "春茶专场",
        "brief": "只要明前茶。",
        "categories": [Category.objects.get(code="food").pk],
        "price_low": "20",
        "price_high": "200",
        "commission_least": "20",
        "carrier": "live",
        "sources": ["shop"],
        "samples_wanted": "1",
        "closes_on": today + timedelta(days=7),
        "live_on": today + timedelta(days=14),
        "term_months": "3",
    } | changes


def words(page):
    return page.content.decode()


def test_visitor_reads_what_is_asked_and_not_the_brief(visitor, creator, post):
    page = visitor.get(post.get_absolute_url())
    assert page.status_code == 200
    assert "厨房场景" not in words(page)
    assert creator.party.name in words(page)
    assert "20%" in words(page)
    assert post.title in words(visitor.get(reverse("post_list")))


def test_draft_is_its_posters_alone(creator, merchant):
    draft = factories.draft_post(creator.actor)
    assert merchant.browser().get(draft.get_absolute_url()).status_code == 404
    assert creator.browser().get(draft.get_absolute_url()).status_code == 200


def test_post_is_written_and_published(creator):
    browser = creator.browser()
    assert browser.get(reverse("post_create")).status_code == 200
    page = browser.post(reverse("post_create"), form_of())
    post = Post.objects.get()
    assert page.url == post.get_absolute_url()
    browser.post(reverse("post_publication", args=[post.pk]))
    post.refresh_from_db()
    assert post.status == "open"


def test_fault_stands_at_its_field(creator):
    page = creator.browser().post(reverse("post_create"), form_of(sources=["taobao"]))
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"sources"}
    assert not Post.objects.exists()


def test_typed_form_is_kept_and_gone_on_with(creator):
    browser = creator.browser()
    kept = browser.post(
        reverse("post_autosave"),
        form_of(title="半句") | {"draft": "", "draft_seen": "0"},
        headers={"hx-request": "true"},
    )
    draft = PostDraft.objects.get()
    assert kept["HX-Replace-Url"] == draft.get_absolute_url()
    page = browser.get(draft.get_absolute_url())
    assert "半句" in words(page)
    stale = browser.post(
        reverse("post_autosave"),
        form_of() | {"draft": str(draft.pk), "draft_seen": "7"},
        headers={"hx-request": "true"},
    )
    assert "t-bad" in words(stale)
    browser.post(
        reverse("post_draft", args=[draft.pk]),
        form_of() | {"draft": str(draft.pk), "draft_seen": "1"},
    )
    assert Post.objects.get().title == "春茶专场"
    assert not PostDraft.objects.exists()


def test_post_begins_from_a_template(creator, post):
    browser = creator.browser()
    browser.post(reverse("post_template", args=[post.pk]), {"name": "零食"})
    template = PostTemplate.objects.get()
    page = browser.get(reverse("post_create"), {"template": template.pk})
    assert page.context["form"].initial["title"] == post.title
    browser.post(reverse("post_template_removal", args=[template.pk]))
    assert not PostTemplate.objects.exists()


def test_search_narrows_and_is_kept(merchant, creator, post):
    factories.open_post(creator.actor, title="高佣专场", commission_least_bp=4_000)
    browser = merchant.browser()
    page = browser.get(reverse("post_list"), {"commission": "25", "price": "59"})
    assert [row["post"].pk for row in page.context["rows"]] == [post.pk]
    browser.post(reverse("post_search"), {"name": "我们的", "query": "commission=25&price=59"})
    search = PostSearch.objects.get()
    assert [row["post"].pk for row in browser.get(search.url).context["rows"]] == [post.pk]


@pytest.mark.parametrize("sort", ["new", "closing", "live"])
def test_list_costs_the_same_for_one_and_for_three(
    merchant, creator, post, sort, django_assert_max_num_queries, django_assert_num_queries
):
    browser, url = merchant.browser(), reverse("post_list") + f"?sort={sort}"
    browser.get(url)
    with django_assert_max_num_queries(40) as captured:
        browser.get(url)
    count = len(captured)
    for _ in range(2):
        factories.open_post(creator.actor)
    with django_assert_num_queries(count):
        assert len(browser.get(url).context["rows"]) == 3


def test_part_is_a_piece_of_the_page(merchant, post):
    browser, url = merchant.browser(), reverse("post_list")
    whole = words(browser.get(url))
    part = words(browser.get(url, headers={"hx-request": "true", "hx-target": "post-list"}))
    assert part.strip().startswith('<section id="post-list"')
    assert "<html" not in part
    assert post.title in part
    assert post.title in whole


def test_merchant_sees_match_and_gaps_before_applying(merchant, post):
    good = factories.listed_product(merchant.actor)
    dear = factories.listed_product(merchant.actor, price_fen=90_000, commission_bp=1_000)
    page = merchant.browser().get(reverse("post_application", args=[post.pk]))
    first, second = page.context["candidates"]
    assert (first.product, second.product) == (good, dear)
    assert first.match.fits
    assert not second.match.fits
    assert "¥900" in words(page)
    assert not Application.objects.exists()


def test_merchant_applies_and_the_poster_accepts(merchant, creator, post):
    product = factories.listed_product(merchant.actor)
    url = reverse("post_application", args=[post.pk])
    page = merchant.browser().post(
        url, {"product": product.pk, "commission": "22", "samples": "2", "note": "可寄样"}
    )
    application = Application.objects.get()
    assert page.url == application.get_absolute_url()
    assert application.commission_bp == 2_200
    poster = creator.browser()
    detail = poster.get(application.get_absolute_url())
    assert "22%" in words(detail)
    done = poster.post(
        reverse("post_application_acceptance", args=[application.pk]), {"version": "1"}
    )
    application.refresh_from_db()
    assert done.url == application.cooperation.get_absolute_url()
    assert application.product.name in words(poster.get(done.url))


def test_unmet_threshold_is_said_in_the_form(merchant, post):
    product = factories.listed_product(merchant.actor)
    page = merchant.browser().post(
        reverse("post_application", args=[post.pk]), {"product": product.pk, "commission": "5"}
    )
    assert page.status_code == 200
    (error,) = page.context["form"].non_field_errors()
    assert "5%" in error
    assert not Application.objects.exists()


def test_applications_are_compared_sorted_and_decided_at_once(merchant, creator, post):
    cheap = factories.submitted_application(
        merchant.actor, post, factories.listed_product(merchant.actor, price_fen=2_500)
    )
    dear = factories.submitted_application(
        merchant.actor, post, factories.listed_product(merchant.actor, price_fen=15_000)
    )
    browser, url = creator.browser(), reverse("post_application_list")
    page = browser.get(url, {"post": post.pk, "sort": "price"})
    assert [row.pk for row in page.context["table"].page.rows] == [cheap.pk, dear.pk]
    assert f'value="{cheap.pk}:1"' in words(page)
    query = f"post={post.pk}"
    done = browser.post(
        reverse("post_application_decisions"),
        {
            "picked": [f"{cheap.pk}:1", f"{dear.pk}:9"],
            "decision": "reject",
            "reason": "price",
            "query": query,
        },
    )
    assert done.url == f"{url}?{query}"
    cheap.refresh_from_db()
    dear.refresh_from_db()
    assert (cheap.status, dear.status) == ("rejected", "submitted")
    left = browser.get(url, {"post": post.pk, "status": "live"})
    assert [row.pk for row in left.context["table"].page.rows] == [dear.pk]


def test_table_costs_the_same_for_one_and_for_three(
    merchant, creator, post, django_assert_max_num_queries, django_assert_num_queries
):
    factories.submitted_application(merchant.actor, post)
    browser, url = creator.browser(), f"{reverse('post_application_list')}?post={post.pk}"
    browser.get(url)
    with django_assert_max_num_queries(40) as captured:
        browser.get(url)
    count = len(captured)
    for _ in range(2):
        factories.submitted_application(merchant.actor, post)
    with django_assert_num_queries(count):
        assert len(browser.get(url).context["table"].rows) == 3


def test_others_see_no_application(merchant, creator, agency, post):
    application = factories.submitted_application(merchant.actor, post)
    browser = agency.browser()
    assert browser.get(application.get_absolute_url()).status_code == 404
    page = browser.get(reverse("post_application_list"), {"post": post.pk})
    assert page.status_code == 404
    assert not browser.get(reverse("post_application_list")).context["table"].rows


def test_negotiation_is_read_on_the_page(merchant, creator, post):
    application = factories.submitted_application(merchant.actor, post)
    poster = creator.browser()
    poster.post(
        reverse("post_application_offer", args=[application.pk]),
        {"commission": "25", "samples": "1", "note": "凑整", "version": "1"},
    )
    page = merchant.browser().get(application.get_absolute_url())
    assert "凑整" in words(page)
    stale = merchant.browser().post(
        reverse("post_application_agreement", args=[application.pk]), {"version": "1"}
    )
    assert stale.status_code == 409
    merchant.browser().post(
        reverse("post_application_agreement", args=[application.pk]), {"version": "2"}
    )
    application.refresh_from_db()
    assert (application.version, application.commission_bp) == (3, 2_500)


def test_merchant_reads_why_it_was_refused(merchant, creator, post):
    application = factories.submitted_application(merchant.actor, post)
    creator.browser().post(
        reverse("post_application_refusal", args=[application.pk]),
        {"reason": "audience", "note": "粉丝不吃辣"},
    )
    page = merchant.browser().get(application.get_absolute_url())
    assert "粉丝不吃辣" in words(page)
    listed = merchant.browser().get(reverse("post_application_own"))
    assert "粉丝不吃辣" in words(listed)


def test_suggestions_go_both_ways(merchant, creator, post):
    product = factories.listed_product(merchant.actor)
    factories.listed_product(merchant.actor, price_fen=90_000)
    page = creator.browser().get(reverse("post_suggestions", args=[post.pk]))
    assert [match.product for match in page.context["matches"]] == [product]
    back = merchant.browser().get(reverse("product_suggestions"), {"product": product.pk})
    assert [match.post for match in back.context["matches"]] == [post]
    factories.submitted_application(merchant.actor, post, product)
    assert not creator.browser().get(reverse("post_suggestions", args=[post.pk])).context["matches"]


def test_operators_list_is_theirs(operator, merchant, post):
    page = operator.browser().get(reverse("post_register"))
    assert post.title in words(page)
    assert merchant.browser().get(reverse("post_register")).status_code == 403


def test_life_of_a_post_on_its_page(creator, post):
    browser = creator.browser()
    for action, status in (("pause", "paused"), ("resumption", "open"), ("closing", "closed")):
        browser.post(reverse(f"post_{action}", args=[post.pk]))
        post.refresh_from_db()
        assert post.status == status
        assert browser.get(post.get_absolute_url()).status_code == 200


def test_last_day_is_moved_on_the_page(creator, post):
    later = post.closes_on + timedelta(days=2)
    creator.browser().post(
        reverse("post_extension", args=[post.pk]), {"closes_on": later, "live_on": post.live_on}
    )
    post.refresh_from_db()
    assert post.closes_on == later
    page = creator.browser().post(
        reverse("post_extension", args=[post.pk]), {"closes_on": later, "live_on": post.live_on}
    )
    assert page.status_code == 200
    assert page.context["days_form"].errors


def test_closed_post_is_read_by_who_applied(merchant, provider, creator, post):
    factories.submitted_application(merchant.actor, post)
    services.close_post(creator.actor, post=post)
    assert merchant.browser().get(post.get_absolute_url()).status_code == 200
    assert provider.browser().get(post.get_absolute_url()).status_code == 404
