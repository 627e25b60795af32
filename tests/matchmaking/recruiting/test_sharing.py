"""The poster that is shared, and the word of the day about what suits."""

from datetime import timedelta

import pytest

from matchmaking.recruiting import services
from matchmaking.recruiting.selectors import poster_of
from portal.core import clock
from portal.core.documents import read_codes, render_png
from portal.notices.models import Notice
from portal.notices.states import Mail
from portal.notices.topics import topic_of
from tests import factories

pytestmark = pytest.mark.django_db


def test_code_of_the_poster_leads_to_the_post(creator, settings):
    post = factories.open_post(creator.actor)
    picture = render_png("recruiting/poster.typ", poster_of(post), ppi=270)
    assert read_codes(picture) == [f"{settings.SITE_URL}{post.get_absolute_url()}"]


def test_poster_is_shared_while_the_post_is_open(creator, merchant):
    post = factories.open_post(creator.actor)
    page = f"{post.get_absolute_url()}poster"
    browser = merchant.browser()
    assert browser.get(f"{page}.png")["Content-Type"] == "image/png"
    assert browser.get(f"{page}.pdf").content.startswith(b"%PDF")
    assert f"{page}.png" in browser.get(f"{page}/").content.decode()
    services.close_post(creator.actor, post=post)
    assert creator.browser().get(f"{page}.png").status_code == 409


def told(person, event):
    return Notice.objects.filter(user=person.user, event=event)


def test_both_sides_are_told_once_a_day_what_is_new_and_suits(creator, agency, merchant):
    post = factories.open_post(creator.actor)
    product = factories.listed_product(merchant.actor)
    offered = factories.listed_product(merchant.actor)
    factories.submitted_application(merchant.actor, post, offered)
    assert services.tell_suggestions(factories.SYSTEM) == 2
    services.tell_suggestions(factories.SYSTEM)
    to_creator = told(creator, "suggestion.products").get()
    assert to_creator.params == {"n": 1, "product": product.name, "post": post.title}
    to_merchant = told(merchant, "suggestion.posts").get()
    assert to_merchant.url.endswith(f"?product={product.pk}")
    assert topic_of(to_merchant.event).mail == Mail.DIGEST
    assert not told(agency, "suggestion.products").exists()


def test_what_came_before_yesterday_is_not_news(creator, merchant):
    factories.open_post(creator.actor)
    factories.listed_product(merchant.actor)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        assert services.tell_suggestions(factories.SYSTEM) == 0
