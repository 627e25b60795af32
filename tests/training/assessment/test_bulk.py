"""History is marked by the same engine, and settled by the same rule."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.verdict import Refused
from portal.notices.models import Notice
from tests.factories import SYSTEM
from tests.training.assessment.making import practical_course, quizzed_course, seated
from training.assessment import selectors, services
from training.assessment.models import Attempt, Work
from training.learning.models import Enrolment
from training.learning.services import settle_brought

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_history_is_marked_and_settled(provider, rival, merchant, agency, operator):
    quizzed = seated(provider, quizzed_course())
    practical = seated(rival, practical_course([merchant.user.pk, agency.user.pk]))
    Notice.objects.all().delete()
    now = clock.now()
    tried = [
        services.Tried(quizzed, 1, now, now + 5 * MINUTE, "a", frozenset({1, 2})),
        services.Tried(quizzed, 2, now + 9 * MINUTE, now + 15 * MINUTE, "b"),
    ]
    marks = [
        (merchant.user.pk, (50, 30), "不错", now + 60 * MINUTE),
        (agency.user.pk, (40, 30), "可以", now + 90 * MINUTE),
    ]
    handed = [services.Handed(practical, 1, "流程表", now, marks)]
    services.bring_attempts(SYSTEM, tried=tried)
    services.bring_works(SYSTEM, handed=handed)
    found = Attempt.objects.order_by("number").values_list("right", "asked", "is_passed")
    assert list(found) == [(1, 3, False), (3, 3, True)]
    assert Work.objects.values_list("score", "status").get() == (7500, "marked")
    whole = list(Enrolment.objects.whole())
    at = now + 120 * MINUTE
    assert settle_brought(SYSTEM, enrolments=whole, at=at) == 2
    assert set(Enrolment.objects.values_list("outcome", flat=True)) == {"completed"}
    services.bring_feedback(SYSTEM, said=[services.Said(one, 5, "有用", at) for one in whole])
    [result] = selectors.practical_results(now, at)
    assert (result.party_id, result.score) == (rival.party.pk, 75.0)
    assert selectors.practical_results(at, at + MINUTE) == []
    assert not Notice.objects.exists()
    for call in (
        lambda: services.bring_attempts(operator.actor, tried=tried),
        lambda: services.bring_works(operator.actor, handed=handed),
        lambda: services.bring_feedback(operator.actor, said=[]),
    ):
        with pytest.raises(Refused):
            call()
