"""Applications compared: the parts of the match in the table, and a few of them side by side."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from matchmaking.recruiting.models import Application
from tests import factories
from tests.matchmaking.recruiting.test_pages import post, words

__all__ = ["post"]
pytestmark = pytest.mark.django_db


def of_price(merchant, post, price_fen, **changes):
    product = factories.listed_product(merchant.actor, price_fen=price_fen)
    return factories.submitted_application(merchant.actor, post, product, **changes)


def test_parts_of_the_match_are_kept_and_the_table_sorts_by_each(merchant, creator, post):
    rows = [of_price(merchant, post, 2_500), of_price(merchant, post, 15_000, commission_bp=4_000)]
    for row in rows:
        assert sum(row.parts) // 10 == row.match_bp
        assert row.points_of("category") == row.parts[0] / 1_000
    browser, url = creator.browser(), reverse("post_application_list")
    for code in ("category", "price", "commission", "reputation", "freshness"):
        for sign in ("", "-"):
            page = browser.get(url, {"post": post.pk, "sort": f"{sign}part_{code}"})
            points = [row.points_of(code) for row in page.context["table"].page.rows]
            assert points == sorted(points, reverse=bool(sign)), code
    columns = ["product", "part_commission"]
    browser.post(reverse("table_columns", args=["post_applications"]), {"columns": columns})
    page = browser.get(url, {"post": post.pk, "sort": "-part_commission"})
    marks = [row[-1].mark for row in page.context["table"].rows]
    assert marks == ["most", "least"]
    assert "12.0 / 15" in words(page)
    Application.objects.filter(pk=rows[1].pk).update(parts=[])  # older than the column
    page = browser.get(url, {"post": post.pk, "sort": "-part_commission"})
    assert [row.pk for row in page.context["table"].page.rows] == [rows[0].pk, rows[1].pk]
    with pytest.raises(IntegrityError, match="application_parts_are_whole"), transaction.atomic():
        Application.objects.filter(pk=rows[0].pk).update(parts=[1, 2])


def test_chosen_applications_stand_side_by_side(merchant, creator, agency, post):
    weak, strong = of_price(merchant, post, 2_500), of_price(merchant, post, 5_000)
    Application.objects.filter(pk=strong.pk).update(
        commission_bp=4_000, match_bp=9_000, parts=[30_000, 25_000, 12_000, 6_000, 4_000, 2_500, 1]
    )
    browser, url = creator.browser(), reverse("post_application_comparison")
    picked = [f"{row.pk}:1" for row in (weak, strong)]
    asked = {"picked": picked, "decision": "compare", "query": f"post={post.pk}"}
    led = browser.post(reverse("post_application_decisions"), asked)
    assert led.url == f"{url}?application={weak.pk}&application={strong.pk}"
    page = browser.get(led.url)
    assert page.context["applications"] == [strong, weak]
    facts = [line.facts for line in page.context["lines"]]
    match, commission, samples = (facts[n] for n in (0, 9, 11))
    assert (match[0].text, match[0].is_best, match[1].is_least) == ("90.0 / 100", True, True)
    assert (commission[0].is_best, commission[1].is_least) == (True, True)
    assert not any(fact.is_best or fact.is_least for fact in samples)
    for keys, status in (([weak.pk], 422), ([weak.pk] * 2, 422), (range(1, 9), 422), ([1, 2], 404)):
        assert browser.get(url, {"application": keys}).status_code == status
    assert agency.browser().get(led.url).status_code == 404
    assert merchant.browser().get(led.url).status_code == 403
    one = browser.post(reverse("post_application_decisions"), asked | {"picked": picked[:1]})
    assert one.url == f"{reverse('post_application_list')}?post={post.pk}"
    shown = browser.get(reverse("api-post-application-detail", args=[strong.pk])).json()["parts"]
    assert (shown["category"], shown["freshness"]) == (30_000, 1)


def test_comparison_costs_the_same_for_two_and_for_four(
    merchant, creator, post, django_assert_max_num_queries, django_assert_num_queries
):
    rows = [factories.submitted_application(merchant.actor, post).pk for _ in range(4)]
    browser, url = creator.browser(), reverse("post_application_comparison")
    with django_assert_max_num_queries(30) as captured:
        browser.get(url, {"application": rows[:2]})
    with django_assert_num_queries(len(captured)):
        browser.get(url, {"application": rows})
