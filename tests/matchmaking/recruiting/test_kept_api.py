"""Drafts, templates and saved searches of recruiting, over the API."""

import pytest

from matchmaking.recruiting.models import PostDraft, PostSearch, PostTemplate
from tests import factories

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture
def post(creator):
    return factories.open_post(creator.actor)


def test_draft_is_kept_by_versions_and_never_over_a_newer_one(creator, stranger):
    browser = creator.browser()
    typed = {"title": ["半句"], "unheard_of": ["x"]}
    made = browser.post("/api/v1/post-drafts/", {"values": typed}, **JSON)
    assert (made.status_code, made.json()["values"]) == (201, {"title": ["半句"]})
    url = f"/api/v1/post-drafts/{made.json()['id']}/"
    again = browser.put(url, {"values": {"title": ["整句"]}, "seen": 1}, **JSON)
    assert (again.status_code, again.json()["version"]) == (200, 2)
    late = browser.put(url, {"values": {}, "seen": 1}, **JSON)
    assert late.status_code == 409
    assert PostDraft.objects.get().values == {"title": ["整句"]}
    assert stranger.browser().get(url).status_code == 404
    assert browser.delete(url).status_code == 200
    assert not PostDraft.objects.exists()


def test_draft_of_a_post_is_for_a_post_of_ones_own(creator, agency, post):
    own = factories.draft_post(creator.actor)
    body = {"values": {"title": ["改"]}, "post": own.pk}
    assert agency.browser().post("/api/v1/post-drafts/", body, **JSON).status_code == 404
    made = creator.browser().post("/api/v1/post-drafts/", body, **JSON)
    assert (made.status_code, made.json()["post"]) == (201, own.pk)
    running = {"values": {}, "post": post.pk}
    assert creator.browser().post("/api/v1/post-drafts/", running, **JSON).status_code == 409


def test_template_is_kept_once_by_a_name(creator, post):
    browser, body = creator.browser(), {"post": post.pk, "name": "日常"}
    made = browser.post("/api/v1/post-templates/", body, **JSON)
    assert made.json()["values"]["title"] == post.title
    assert browser.post("/api/v1/post-templates/", body, **JSON).status_code == 422
    assert browser.delete(f"/api/v1/post-templates/{made.json()['id']}/").status_code == 200
    assert not PostTemplate.objects.exists()


def test_search_that_is_not_sound_is_not_kept(merchant, post):
    browser = merchant.browser()
    wrong = {"name": "乱", "query": "commission=abc"}
    assert browser.post("/api/v1/post-searches/", wrong, **JSON).status_code == 400
    made = browser.post(
        "/api/v1/post-searches/", {"name": "高佣", "query": "commission=25"}, **JSON
    )
    assert made.json()["url"] == "/recruiting/?commission=25"
    assert browser.get("/api/v1/post-searches/").json()["results"] == [made.json()]
    assert browser.delete(f"/api/v1/post-searches/{made.json()['id']}/").status_code == 200
    assert not PostSearch.objects.exists()
