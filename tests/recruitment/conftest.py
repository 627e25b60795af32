from __future__ import annotations

from datetime import timedelta

import pytest

from portal.core import clock
from portal.parties.models import Category, ServiceType
from portal.recruitment import services
from portal.recruitment.fields import ApplicationFields, RoundFields


def round_fields(**changes):
    now = clock.now()
    defaults = {
        "title": "食品类直播服务商招募",
        "brief": "为食品商家招募直播代运营服务商。",
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=14),
        "service_ids": [ServiceType.objects.get(code="live-room").pk],
        "category_ids": [Category.objects.get(code="food").pk],
        "least_share": 30,
        "price_most_fen": 3_000_000,
        "places": None,
        "questions": ["做过哪些食品直播间？"],
    }
    return RoundFields(**(defaults | changes))


def published(operator, **changes):
    round_ = services.create_round(operator.actor, fields=round_fields(**changes))
    return services.publish_round(operator.actor, round_=round_)


def applied(person, round_, **changes):
    defaults = {
        "pitch": "三年食品直播经验。",
        "answers": ["谷雨粒等三家。"] * len(round_.questions),
    }
    return services.apply_to_round(
        person.actor, round_=round_, fields=ApplicationFields(**(defaults | changes))
    )


@pytest.fixture
def open_round(operator):
    return published(operator)
