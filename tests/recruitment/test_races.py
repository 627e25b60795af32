"""Two at the same moment: one application, one place, and the end of the window."""

import pytest

from portal.core.verdict import Refused
from portal.recruitment import services
from portal.recruitment.models import Application, Round
from tests import factories
from tests.recruitment.conftest import applied, published

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    answers = factories.at_once(*calls, behind=Round.objects.all())
    return [answer for answer in answers if isinstance(answer, Refused)]


def test_two_colleagues_apply_once(operator, provider):
    round_ = published(operator)
    (refusal,) = at_once(lambda: applied(provider, round_), lambda: applied(provider, round_))
    assert refusal.verdict.status == 409
    assert Application.objects.count() == 1


def test_last_place_is_given_once(operator, provider, rival):
    round_ = published(operator, places=1)
    applications = [applied(provider, round_), applied(rival, round_)]
    accept = services.accept_application
    (refusal,) = at_once(
        *(lambda a=a: accept(operator.actor, application=a, reason="好") for a in applications)
    )
    assert refusal.verdict.status == 409
    assert Application.objects.filter(status="accepted").count() == 1


def test_who_comes_after_the_end_is_refused(operator, provider):
    """Whichever is first: a closed round holds no application that came later."""
    round_ = published(operator)
    refusals = at_once(
        lambda: services.close_round(operator.actor, round_=round_),
        lambda: applied(provider, round_),
    )
    assert Application.objects.count() == 1 - len(refusals)
