"""Reminders about needs that stand still."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from matchmaking.brokerage import rules, selectors
from matchmaking.brokerage.models import Nudge
from matchmaking.brokerage.states import Stage
from matchmaking.needs.models import Need
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.services import tell_party

SENTENCES: dict[str, str] = {
    Stage.NOBODY: gettext_noop("Nobody knows of “%(need)s” yet: invite the best candidates."),
    Stage.UNANSWERED: gettext_noop("Nobody answered “%(need)s” yet: invite more candidates."),
    Stage.UNDECIDED: gettext_noop("Bidders for “%(need)s” wait for your decision."),
}


@transaction.atomic
def nudge_need(actor: Actor, *, need: Need) -> Nudge:
    """Remind the merchant of what its need waits for."""
    locked = Need.objects.select_for_update(no_key=True).get(pk=need.pk)
    rules.can_nudge_need(actor, locked).require()
    row = selectors.still_needs(actor).filter(pk=locked.pk).first()
    if row is None:
        raise Refused(conflict(_("This need does not stand still.")))
    now, stage = clock.now(), selectors.stage_of(row)
    nudge = Nudge.objects.create(
        need=locked, stage=stage, day=clock.day_of(now), at=now, by=actor.user
    )
    audit.record(actor, "nudge_need", locked, after={"stage": stage})
    tell_party(
        row.merchant,
        event="need.nudged",
        key=f"need-nudged:{nudge.pk}",
        sentence=SENTENCES[stage],
        params={"need": row.title},
        url=row.get_absolute_url(),
    )
    return nudge
