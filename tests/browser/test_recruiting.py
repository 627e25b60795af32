"""Recruiting in a real browser: a post and its acceptance, a no with its reason, and two people who
decide at once."""

import pytest

from matchmaking.cooperation.models import Cooperation
from matchmaking.recruiting.models import Application, Post
from portal.parties.models import Category, Membership
from portal.parties.states import Role
from tests import factories
from tests.conftest import person_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(creator):
    user = factories.user("manager@example.com", "经纪人")
    Membership.objects.create(
        user=user, party=creator.party, role=Role.MANAGER, created_at=creator.party.created_at
    )
    return person_of(creator.party, user, Role.MANAGER)


def test_creator_posts_and_accepts(open_page, creator, merchant, picture, check_page):
    factories.listed_product(merchant.actor)
    page = open_page(creator.user)
    page.goto("/recruiting/new/")
    page.fill("#id_title", "年货节零食专场")
    page.fill("#id_brief", "要能现场试吃。")
    page.check(f"input[name=categories][value='{Category.objects.get(code='food').pk}']")
    page.fill("#id_price_low", "20")
    page.fill("#id_price_high", "200")
    page.fill("#id_commission_least", "20")
    page.wait_for_selector("#autosave .t3")
    picture(page, "creator-post-write")
    page.click("button[name=publish]")
    page.wait_for_url("**/recruiting/*/")
    post = Post.objects.get()
    assert post.status == "open"
    factories.submitted_application(merchant.actor, post)
    page.reload()
    picture(page, "creator-post")
    check_page(page)
    page.goto(f"/recruiting/applications/?post={post.pk}")
    picture(page, "creator-applications")
    check_page(page)
    page.check("input[name=picked]")
    with page.expect_navigation():
        page.click("button[name=decision][value=accept]")
    assert Application.objects.get().status == "accepted"
    assert Cooperation.objects.get().door == "recruiting"


def test_merchant_applies_and_is_refused_with_a_reason(
    open_page, creator, merchant, picture, check_page
):
    post = factories.open_post(creator.actor)
    factories.listed_product(merchant.actor, commission_bp=1_500)
    phone = open_page(merchant.user, phone=True, dark=True)
    for path, name in (
        ("/recruiting/", "posts-phone"),
        (f"/recruiting/{post.pk}/", "post-phone"),
        (f"/recruiting/{post.pk}/application/", "merchant-apply-phone"),
    ):
        phone.goto(path)
        picture(phone, name)
        check_page(phone)
    page = open_page(merchant.user)
    page.goto("/recruiting/")
    picture(page, "posts")
    page.goto(f"/recruiting/{post.pk}/application/")
    picture(page, "merchant-apply")
    page.fill("#id_commission", "15")
    with page.expect_navigation():
        page.click("#terms button[type=submit]")
    assert not Application.objects.exists()
    page.fill("#id_commission", "21")
    with page.expect_navigation():
        page.click("#terms button[type=submit]")
    application = Application.objects.get()
    poster = open_page(creator.user)
    poster.goto(application.get_absolute_url())
    picture(poster, "creator-application")
    poster.click("details:has(#reject) summary")
    poster.select_option("#reject select[name=reason]", "audience")
    poster.fill("#reject input[name=note]", "粉丝不吃辣")
    with poster.expect_navigation():
        poster.click("#reject button[type=submit]")
    page.reload()
    assert "粉丝不吃辣" in page.inner_text(".note.warn")


def test_two_people_decide_at_once(open_page, creator, manager, merchant, faults):
    faults.expected_statuses.add(409)
    post = factories.open_post(creator.actor)
    application = factories.submitted_application(merchant.actor, post)
    one, two = open_page(creator.user), open_page(manager.user)
    one.goto(application.get_absolute_url())
    two.goto(application.get_absolute_url())
    for page in (one, two):
        with page.expect_navigation():
            page.click("form[action$='/acceptance/'] button[type=submit]")
    assert Cooperation.objects.count() == 1
    application.refresh_from_db()
    assert application.status == "accepted"
