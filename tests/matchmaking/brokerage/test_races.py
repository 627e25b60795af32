"""Two at the same moment."""

from __future__ import annotations

import pytest

from matchmaking.brokerage import services
from matchmaking.brokerage.models import Introduction, Nudge
from portal.core.verdict import Refused
from tests.conftest import staff_person
from tests.factories import SYSTEM, at_once
from tests.matchmaking.brokerage.test_introductions import wish
from tests.matchmaking.brokerage.test_still import still_need

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_wishes_for_one_creator_make_one(merchant, creator):
    services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")

    def ask():
        return services.ask_introduction(merchant.actor, creator=creator.party, fields=wish())

    found = at_once(ask, ask)
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Introduction.objects.count() == 1


def test_yes_that_meets_a_withdrawal_leaves_one_of_them(merchant, creator):
    operator = staff_person("operator")
    services.represent_creator(SYSTEM, creator=creator.party, note="电话确认")
    row = services.ask_introduction(merchant.actor, creator=creator.party, fields=wish())
    row = services.take_introduction(operator.actor, introduction=row)
    row = services.offer_introduction(operator.actor, introduction=row)
    found = at_once(
        lambda: services.answer_introduction(creator.actor, introduction=row, agrees=True),
        lambda: services.withdraw_introduction(merchant.actor, introduction=row),
    )
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Introduction.objects.get().status in {"agreed", "withdrawn"}


def test_two_operators_remind_once(merchant):
    need = still_need(merchant)
    operator = staff_person("operator")
    found = at_once(*[lambda: services.nudge_need(operator.actor, need=need)] * 2)
    assert sum(isinstance(one, Refused) for one in found) == 1
    assert Nudge.objects.count() == 1
