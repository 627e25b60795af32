"""What is wrong with a registration is said in plain words, beside the field it is about."""

import pytest
from django.utils import translation

from portal.parties.models import Category, City
from tests import factories

pytestmark = pytest.mark.django_db


def registration(**changes):
    data = {
        "name": "谷雨粒食品",
        "legal_name": "杭州谷雨粒食品有限公司",
        "uscc": factories.uscc_code(),
        "city": City.objects.get(code="hangzhou").pk,
        "contact_name": "顾雨",
        "contact_phone": "13800001111",
        f"share_{Category.objects.get(code='food').pk}": 100,
    }
    return data | changes


def post(person, **changes):
    return person.browser().post("/parties/new/?kind=merchant", registration(**changes))


def test_wrong_code_and_wrong_shares_are_both_linked_and_shown(stranger):
    food = Category.objects.get(code="food").pk
    answer = post(stranger, uscc="91330106MA0000000X", **{f"share_{food}": 60})
    form, html = answer.context["form"], answer.content.decode()
    assert set(form.errors) == {"uscc", "shares"}
    for name in ("uscc", "shares"):
        assert f'href="#id_{name}"' in html
        assert f'id="id_{name}"' in html
        assert f'id="id_{name}_error"' in html


def test_empty_form_asks_plainly(stranger):
    form = post(stranger, name="", city="", uscc="123").context["form"]
    with translation.override("en"):
        assert form.errors == {
            "name": ["Please fill this in."],
            "city": ["Please choose."],
            "uscc": ["At least 18 characters; there are 3."],
        }
