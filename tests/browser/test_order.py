"""Terms, questions and held texts, as people meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.actor import OPERATOR, Actor
from portal.help import services as help_services
from portal.help.fields import Question
from portal.moderation import services as moderation
from portal.moderation.models import Case
from portal.policies import services as policies
from portal.policies.fields import DraftFields
from portal.policies.models import Version
from portal.policies.states import DocumentKind
from tests import factories
from tests.conftest import person_of, staff_person
from tests.factories import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(transactional_db):
    """A merchant with a question and a held introduction; an announced version of the terms."""
    merchant = person_of(factories.listed_party("merchant", "谷雨粒食品", intro="我们的茶最好喝。"))
    support = staff_person("operator")
    question = Question("party", "审核要补什么资料？", page="/workbench/", for_party=True)
    ticket = help_services.ask_help(merchant.actor, question=question)
    answer = "看主体页面最上方的那句话，改好后再提交。"
    help_services.answer_ticket(support.actor, ticket=ticket, text=answer, status="waiting")
    Case.objects.update(author=merchant.user)
    refuser = Actor(support.user, None, OPERATOR, "web")
    moderation.refuse_case(refuser, case=Case.objects.get(), reason="绝对化用语")
    last = Version.objects.get(kind="terms")
    changed = last.text_zh.replace("至少提前 7 天公布", "至少提前 15 天公布")
    draft = DraftFields(changed, last.text_en, "公布期从 7 天改为 15 天", "15 days' notice")
    policies.save_draft(SYSTEM, kind=DocumentKind.TERMS, fields=draft)
    begins = clock.now() + timedelta(days=10)
    policies.publish_version(SYSTEM, kind=DocumentKind.TERMS, effective_from=begins)
    return merchant, support, ticket


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
def test_pages_of_the_order(order, open_page, check_page, picture, phone):
    merchant, support, ticket = order
    case = Case.objects.get()
    size = "phone" if phone else "wide"
    pages = [
        (None, "/terms/terms/", "terms"),
        (None, "/terms/terms/2/changes/", "changes"),
        (None, "/help/", "help"),
        (None, "/help/ask/?from=/needs/", "ask"),
        (merchant.user, "/accounts/consents/", "consents"),
        (merchant.user, "/accounts/consents/asked/", "asked"),
        (merchant.user, ticket.get_absolute_url(), "ticket"),
        (merchant.user, "/help/tickets/", "tickets"),
        (merchant.user, case.get_absolute_url(), "case"),
        (support.user, "/help/desk/?view=all", "desk"),
        (support.user, f"/help/desk/{ticket.public_id}/", "desk-ticket"),
    ]
    browsers = {user: open_page(user, phone=phone) for user, _path, _name in pages}
    for user, path, name in pages:
        page = browsers[user]
        page.goto(path)
        picture(page, f"order-{name}-{size}")
        check_page(page)


def test_visitor_asks_on_a_phone(open_page, transactional_db):
    page = open_page(phone=True)
    page.goto("/")
    page.locator(".foot-lines").get_by_role("link", name="求助").click()
    page.get_by_label("你的问题").fill("登录不了")
    page.get_by_label("接收答复的邮箱").fill("me@example.com")
    page.get_by_role("button", name="发送").click()
    page.get_by_text("已收到你的提问。").wait_for()
    assert page.get_by_text("登录不了").is_visible()
