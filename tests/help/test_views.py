"""Asking with and without an account; lists; the desk."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.core import outbox
from portal.core.models import StoredFile
from portal.help import services
from portal.help.limits import VISITOR
from portal.help.models import Article, CannedAnswer, Message, Ticket
from tests.conftest import staff_person
from tests.core.files import samples
from tests.help.test_tickets import ask

pytestmark = pytest.mark.django_db
ASK = "/help/ask/"
DATA = {"topic": "account", "text": "登录不了", "email": "me@example.com", "page": "/needs/"}


@pytest.fixture(autouse=True)
def _fresh_ration(db):
    cache.clear()


@pytest.fixture
def support(db):
    return staff_person("support")


def picture():
    return SimpleUploadedFile("screen.png", samples.picture("PNG"), "image/png")


def test_visitor_asks_and_follows_by_the_link_of_the_mail(client, support, settings):
    answer = client.post(ASK, DATA)
    ticket = Ticket.objects.get()
    assert answer.url == ticket.get_absolute_url()
    assert (ticket.asker, ticket.email, ticket.page) == (None, "me@example.com", "/needs/")
    assert client.get(ticket.get_absolute_url()).status_code == 200
    assert Client().get(ticket.get_absolute_url()).status_code == 404
    services.answer_ticket(support.actor, ticket=ticket, text="请重设密码。")
    outbox.dispatch()
    assert "请重设密码。" in mail.outbox[-1].body
    link = re.search(r"/help/link/\S+", mail.outbox[-1].body)[0]
    other = Client()
    assert other.get(link).url == ticket.get_absolute_url()
    assert "请重设密码。" in other.get(ticket.get_absolute_url()).content.decode()
    said = other.post(f"{ticket.get_absolute_url()}messages/", {"text": "好了，谢谢"})
    assert said.status_code == 302
    assert other.post(f"{ticket.get_absolute_url()}resolution/").status_code == 302
    rated = other.post(f"{ticket.get_absolute_url()}rating/", {"stars": "5"})
    assert rated.status_code == 302
    assert Ticket.objects.get().rating == 5


def test_forged_link_finds_nothing(client, merchant):
    ticket = ask(merchant.actor)
    assert client.get(f"/help/link/{ticket.public_id}/").status_code == 404


def test_visitor_leaves_a_way_to_be_reached(client):
    answer = client.post(ASK, DATA | {"email": ""})
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert not Ticket.objects.exists()


def test_program_that_fills_in_everything_is_thanked_and_forgotten(client):
    assert client.post(ASK, DATA | {"website": "http://x"}).status_code == 302
    assert not Ticket.objects.exists()


def test_visitor_asks_a_few_times_an_hour_only(client):
    for _number in range(VISITOR):
        assert client.post(ASK, DATA).status_code == 302
    assert client.post(ASK, DATA).status_code == 200
    assert Ticket.objects.count() == VISITOR


def test_address_of_another_site_is_not_kept(client):
    client.post(ASK, DATA | {"page": "https://evil.example/"})
    assert Ticket.objects.get().page == ""


def test_picture_is_seen_by_asker_and_desk_only(merchant, provider, support):
    client = merchant.browser()
    client.post(ASK, DATA | {"picture": picture()})
    file = Message.objects.get().picture
    assert client.get(f"/files/{file.pk}/").status_code == 200
    assert support.browser().get(f"/files/{file.pk}/").status_code == 200
    assert provider.browser().get(f"/files/{file.pk}/").status_code == 404
    assert Client().get(f"/files/{file.pk}/").status_code == 302


def test_visitor_may_send_a_picture(client, support):
    client.post(ASK, DATA | {"picture": picture()})
    file = Message.objects.get().picture
    assert file.attached_at
    assert support.browser().get(f"/files/{file.pk}/").status_code == 200


def test_file_that_is_no_picture_is_refused(client):
    wrong = SimpleUploadedFile("x.png", b"<svg onload=x>", "image/png")
    assert client.post(ASK, DATA | {"picture": wrong}).status_code == 200
    assert not Ticket.objects.exists()
    assert not StoredFile.objects.exists()


def test_search_looks_into_the_conversation(merchant, support):
    ticket, other = ask(merchant.actor), ask(merchant.actor)
    services.answer_ticket(support.actor, ticket=ticket, text="看统一社会信用代码")
    page = merchant.browser().get("/help/tickets/?q=信用代码").content.decode()
    assert ticket.number in page
    assert other.number not in page


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", ["/help/tickets/", "/api/v1/tickets/"])
def test_own_questions_cost_the_same_however_many(merchant, path):
    client = merchant.browser()
    ask(merchant.actor, for_party=True)
    one = queries(client, path)
    for _number in range(2):
        ask(merchant.actor, for_party=True)
    assert queries(client, path) == one


@pytest.mark.parametrize("view", ["waiting", "all"])
def test_desk_costs_the_same_however_many(merchant, support, view):
    client, path = support.browser(), f"/help/desk/?view={view}"
    ask(merchant.actor, for_party=True)
    one = queries(client, path)
    for _number in range(2):
        ask(merchant.actor, for_party=True)
    assert queries(client, path) == one


def test_narrow_lists_are_pieces_of_their_pages(merchant, support):
    ask(merchant.actor)
    for client, path, part in (
        (merchant.browser(), "/help/tickets/", "ticket-list"),
        (support.browser(), "/help/desk/", "desk-list"),
    ):
        whole = client.get(path).content.decode()
        narrow = client.get(path, headers={"HX-Request": "true", "HX-Target": part})
        assert "<html" not in narrow.content.decode()
        assert narrow.content.decode().strip() in whole


def test_desk_answers_with_a_ready_text(merchant, support):
    ticket, canned = ask(merchant.actor), CannedAnswer.objects.first()
    client, desk = support.browser(), f"/help/desk/{ticket.public_id}/"
    assert canned.text_zh[:10] in client.get(f"{desk}?canned={canned.pk}").content.decode()
    client.post(f"{desk}answers/", {"text": "好", "outcome": "note"})
    client.post(f"{desk}answers/", {"text": "好", "outcome": "waiting"})
    client.post(f"{desk}assignment/", {"assignee": support.user.pk})
    client.post(f"{desk}priority/", {"priority": "low"})
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.priority) == ("waiting", support.user, "low")
    assert ticket.messages.filter(is_internal=True).count() == 1


def test_queue_counts_what_waits(merchant, support):
    ask(merchant.actor)
    assert "/help/desk/" in support.browser().get("/admin/").content.decode()


def test_help_shows_articles_and_hides_withdrawn_ones(client):
    article = Article.objects.first()
    assert article.title_zh in client.get("/help/").content.decode()
    Article.objects.filter(pk=article.pk).update(is_shown=False)
    assert article.title_zh not in client.get("/help/").content.decode()
    assert client.get(f"/help/articles/{article.code}/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/help/", "/accounts/login/"])
def test_every_page_asks_for_help_from_where_it_is(client, path):
    assert f'href="/help/ask/?from={path}"' in client.get(path).content.decode()
