"""Telling creators which level they have reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.core import clock
from portal.growth.engine import MOST_LEVELS
from portal.growth.models import LevelStep
from portal.notices.models import Notice
from portal.notices.services import notify_many
from portal.parties.models import Membership
from portal.parties.states import MANAGING
from portal.rewards.states import Line

SENTENCES = {
    Line.LIVE: gettext_noop("Going live: you reached level %(level)s of %(most)s."),
    Line.FOLLOWERS: gettext_noop("Shopping followers: you reached level %(level)s of %(most)s."),
    Line.VALUE: gettext_noop("Value: you reached level %(level)s of %(most)s."),
    Line.EFFICIENCY: gettext_noop("Traffic efficiency: you reached level %(level)s of %(most)s."),
}


def tell_levels(steps: Iterable[LevelStep]) -> None:
    """Those who manage the creator, each once a level."""
    steps = list(steps)
    managers: defaultdict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(party__in={step.party_id for step in steps}, role__in=MANAGING)
    for party, user in rows.order_by("pk").values_list("party_id", "user_id"):
        managers[party].append(user)
    notify_many([_notice(step, user) for step in steps for user in managers[step.party_id]])


def _notice(step: LevelStep, user: int) -> Notice:
    return Notice(
        user_id=user,
        party_id=step.party_id,
        key=f"growth-level:{step.pk}",
        event="growth.level",
        sentence=SENTENCES[Line(step.line)],
        params={"level": step.level, "most": MOST_LEVELS},
        url=f"{reverse('growth_home')}#{step.line}",
        created_at=clock.now(),
    )
