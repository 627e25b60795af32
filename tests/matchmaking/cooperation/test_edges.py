"""Where two things that end or change a cooperation meet, on two connections at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matchmaking.cooperation import services
from matchmaking.cooperation.fields import AmendmentFields, DisputeFields, EndingFields
from matchmaking.cooperation.models import Cooperation, Dispute
from portal.core import clock
from portal.core.verdict import Refused
from tests.factories import SYSTEM, at_once
from tests.matchmaking.cooperation.conftest import sold

pytestmark = pytest.mark.django_db(transaction=True)


def standing(at, call):
    """The clock of the test in the thread that acts."""

    def act():
        with clock.standing_at(at):
            return call()

    return act


def of(cooperation):
    return Cooperation.objects.get(pk=cooperation.pk)


def refusals(answers):
    assert not [one for one in answers if isinstance(one, Exception) and not is_refusal(one)]
    return sum(is_refusal(one) for one in answers)


def is_refusal(answer):
    return isinstance(answer, Refused)


def test_change_accepted_while_notice_takes_effect_is_one_of_the_two(running, merchant, provider):
    """Over, it has no more versions; or the change came first."""
    fields = EndingFields("plans", "换方向", clock.today() + timedelta(days=30))
    services.end_cooperation(merchant.actor, cooperation=running, fields=fields)
    later = clock.now() + timedelta(days=30)
    with clock.standing_at(later - timedelta(days=1)):
        change = services.propose_amendment(
            provider.actor, cooperation=running, fields=AmendmentFields(scope="改为每周三场。")
        )
    answers = at_once(
        standing(later, lambda: services.accept_amendment(merchant.actor, amendment=change)),
        standing(later, lambda: services.sweep_cooperations(SYSTEM)),
    )
    change.refresh_from_db()
    made = of(running)
    assert made.status == "terminated"
    was_first = refusals(answers) == 0
    assert (change.status, made.version) == (("accepted", 2) if was_first else ("expired", 1))
    assert made.versions.count() == made.version


def test_dispute_opened_while_it_is_settled_is_kept(over, merchant):
    """A dispute that came first keeps it from being settled; after it one may still be opened,
    within the thirty days."""
    later = clock.now() + timedelta(days=16)
    fields = DisputeFields("quality", 2_000, over.starts_on, clock.today(), "场次不足。")
    answers = at_once(
        standing(
            later,
            lambda: services.open_dispute(merchant.actor, cooperation=over, fields=fields),
        ),
        standing(later, lambda: services.settle_cooperations(SYSTEM)),
    )
    assert refusals(answers) == 0
    assert Dispute.objects.filter(cooperation=over, closed_at=None).count() == 1
    was_settled = answers[1] == 1
    assert of(over).status == ("settled" if was_settled else "ended")


def test_notice_and_completion_at_once_end_it_once(running, merchant, provider):
    sold(running)
    services.complete_cooperation(merchant.actor, cooperation=running)
    now = clock.now()
    fields = EndingFields("plans", "换方向", clock.today() + timedelta(days=30))
    answers = at_once(
        standing(now, lambda: services.complete_cooperation(provider.actor, cooperation=running)),
        standing(
            now,
            lambda: services.end_cooperation(merchant.actor, cooperation=running, fields=fields),
        ),
    )
    made = of(running)
    assert made.status == "ended"
    assert made.endings.count() == (refusals(answers) == 0)
