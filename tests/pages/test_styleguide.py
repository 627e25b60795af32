"""The style guide shows every component; the frame around it fits who is looking."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from portal.core.actor import Actor, anonymous_actor
from portal.core.models import Job
from portal.core.verdict import conflict
from portal.pages.styleguide import styleguide
from portal.parties.models import Membership, Party, User

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"
# Parts of the frame and of the pages that stop; they have tests of their own below.
ELSEWHERE = {
    "account_menu.html",
    "party_switch.html",
    "refusal_page.html",
    "stopped.html",
}
LEARNING = ("course_list", "learning_home", "certificate_own", "chapter_list", "adviser_list")
FORBIDDEN = re.compile(r"""\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:""")


def visit(path: str = "/styleguide/", actor: Actor | None = None, **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.actor = actor or anonymous_actor("web")
    request.htmx = bool(headers)
    request.memberships = []
    if actor is not None:
        request.memberships = [Membership(party=actor.party, role="owner")] if actor.party else []
    return request


def actor_of(kind: str = "", *, is_staff: bool = False) -> Actor:
    user = User(pk=1, email="zhou@example.com", name="Zhou", is_staff=is_staff)
    party = Party(pk=7, name="Yunfan", kind=kind) if kind else None
    if party is not None:
        party.city = None
    return Actor(user=user, party=party, role="owner" if kind else "person", via="web")


@pytest.fixture
def _no_notices(monkeypatch):
    monkeypatch.setattr("portal.pages.context.count_unread", lambda actor: 3)
    monkeypatch.setattr("portal.pages.context.count_unread_messages", lambda actor: 2)
    monkeypatch.setattr("portal.pages.context.asked_of", lambda actor: [])
    monkeypatch.setattr(Actor, "has_perm", lambda actor, permission: False)


def links(html: str) -> list[str]:
    side = html.split('<aside class="side"')[1].split("</aside>")[0]
    return re.findall(r'class="nav-item" href="([^"]+)"', side)


def test_styleguide_shows_every_component(client):
    response = client.get("/styleguide/")
    shown = {str(t.name).rpartition("/")[2] for t in response.templates}
    assert {path.name for path in COMPONENTS.glob("*.html")} - ELSEWHERE <= shown


def test_styleguide_asks_nothing_of_the_database():
    assert styleguide(visit()).status_code == 200  # without the fixture, a query is an error


@pytest.mark.parametrize("kind", ["merchant", "provider", "agency", "creator", ""])
@pytest.mark.usefixtures("_no_notices")
def test_pages_hold_nothing_the_policy_would_refuse(kind):
    actor = actor_of(kind) if kind else None
    html = styleguide(visit(actor=actor)).content.decode()
    assert not FORBIDDEN.search(html)
    assert len(re.findall(r"<h1[ >]", html)) == 1


def test_every_label_and_description_leads_to_an_element():
    html = styleguide(visit()).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    wanted = re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"', html)
    assert {one for some in wanted for one in some.split()} <= ids
    assert len(ids) == len(re.findall(r'\sid="([^"]+)"', html))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("merchant", ["need_list", "cooperation_list", "activity_list"]),
        ("provider", ["need_list", "cooperation_list"]),
        ("agency", ["need_list"]),
        ("creator", ["need_list", "activity_list"]),
    ],
)
@pytest.mark.usefixtures("_no_notices")
def test_side_bar_of_a_member(kind, names):
    html = styleguide(visit(actor=actor_of(kind))).content.decode()
    everybody_s = ["workbench", "provider_list", "import_list", "export_list", "notice_list"]
    doors = {reverse(name) for name in [*everybody_s, *names]}
    assert doors | {reverse("party_detail", args=[7])} <= set(links(html))
    others = {reverse(name) for name in ("need_list", "activity_list", "admin:index")} - doors
    assert not others & set(links(html))


@pytest.mark.usefixtures("_no_notices")
def test_side_bar_of_an_operator():
    html = styleguide(visit(actor=actor_of(is_staff=True))).content.decode()
    doors = ["workbench", "job_list", "admin:index", "import_list", "provider_list", "fair_list"]
    doors += ["product_pool", "board_detail", "task_list", *LEARNING, "notice_list"]
    assert links(html) == [reverse(name) for name in doors]


@pytest.mark.usefixtures("_no_notices")
def test_side_bar_of_a_person_without_a_party_leads_to_registration():
    html = styleguide(visit(actor=actor_of())).content.decode()
    doors = ["workbench", "provider_list", "fair_list", "product_pool", "board_detail"]
    doors += ["task_list", *LEARNING, "party_create", "notice_list"]
    assert links(html) == [reverse(name) for name in doors]


@pytest.mark.usefixtures("_no_notices")
def test_the_door_one_stands_in_is_marked_and_tabs_are_five_at_most():
    html = styleguide(visit("/notices/", actor_of("merchant"))).content.decode()
    tabs = html.split('<nav class="tabbar"')[1].split("</nav>")[0]
    assert tabs.split("<details")[0].count("<a ") == 4, "the fifth opens all the others"
    assert tabs.count('aria-current="page"') == 1
    assert 'class="count">3<' in html


def test_a_visitor_sees_no_door_of_members():
    html = styleguide(visit()).content.decode()
    assert reverse("account_login") in html
    assert 'class="side"' not in html
    assert reverse("workbench") not in html


@pytest.mark.parametrize("code", ["400", "500", "503"])
def test_pages_for_when_all_has_failed_need_no_request(code):
    html = render_to_string(f"{code}.html")
    assert f">{code}<" in html
    assert not FORBIDDEN.search(html)


@pytest.mark.parametrize("name", ["404", "403", "403_csrf"])
def test_stopped_pages_say_what_to_do_next(name):
    html = render_to_string(f"{name}.html", request=visit())
    assert 'class="btn btn-primary"' in html


def test_a_refusal_is_a_page_with_its_reason():
    html = render_to_string("refused.html", {"verdict": conflict("It expired.")}, visit())
    assert "It expired." in html
    assert ">409<" in html
    assert "<!doctype html>" in html


def test_a_refusal_to_htmx_is_one_toast():
    request = visit(**{"HX-Request": "true"})
    html = render_to_string("refused.html", {"verdict": conflict("<It> expired.")}, request)
    assert "&lt;It&gt; expired." in html
    assert 'data-toast="stay"' in html
    assert "<html" not in html


def test_a_message_can_be_undone():
    message = Message(constants.SUCCESS, "Declined.", extra_tags="undo=/proposals/7/reopening/")
    context = {"messages": [message], "csrf_token": "token"}
    html = render_to_string("components/toasts.html", context)
    assert 'action="/proposals/7/reopening/"' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_a_button_that_may_not_be_pressed_says_why():
    context = {"label": "Accept", "reason": "It expired.", "url": "/accept/"}
    html = render_to_string("components/button.html", context)
    assert "disabled" in html
    assert "It expired." in html
    assert "/accept/" not in html


@pytest.mark.parametrize(("state", "asks"), [("queued", True), ("running", True), ("done", False)])
def test_a_job_asks_again_until_it_has_ended(rf, state, asks):
    job = Job(kind="tests.ranking", state=state, done=1, total=2)
    html = render_to_string("core/job_detail.html#job", {"job": job, "request": rf.get("/")})
    assert (f'hx-get="/jobs/{job.pk}/"' in html) is asks
    assert html.lstrip().startswith('<div id="job"')


@pytest.mark.django_db
def test_the_frame_asks_for_memberships_notices_and_terms_only(client, django_assert_num_queries):
    client.force_login(User.objects.create_user(email="zhou@example.com", name="Zhou"))
    with django_assert_num_queries(5):  # with the session and its person
        client.get("/styleguide/")
