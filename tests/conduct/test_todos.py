"""What a case asks of a party stands on its workbench."""

from __future__ import annotations

import pytest

from portal.pages.todos import todos_of
from portal.pages.todos.conduct import conduct_todos
from tests.conduct.making import asked, confirmed, in_force, notified, reported

pytestmark = pytest.mark.django_db


def urls(person) -> list[str]:
    return [todo.url for todo in todos_of(person.actor, [conduct_todos])]


def test_hearing_appeal_and_action_wait_for_the_party(merchant, colleague, provider, operator):
    third = in_force(operator.actor, reported(provider.actor, merchant.party, "rudeness"))
    second = confirmed(operator.actor, reported(provider.actor, merchant.party, "fraud"))
    first = notified(operator.actor, reported(provider.actor, merchant.party))
    action = asked(operator.actor, third)
    wanted = {row.get_absolute_url() for row in (first, second, action)}
    assert set(urls(merchant)) == wanted
    shown = merchant.browser().get("/workbench/").context["todos"]
    assert wanted <= {todo.url for todo in shown}
    assert urls(colleague) == []
    assert urls(provider) == []
