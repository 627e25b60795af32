"""A plan changed by hand: a meeting fixed, or moved to another table and time.

Lock order: the fair, the plan, its meetings. Whoever changes a plan says which version they saw.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from matchmaking.fairs import rules
from matchmaking.fairs.models import Meeting, MeetingPlan
from matchmaking.fairs.rules import Place
from matchmaking.fairs.services.fairs import lock_fair
from matchmaking.fairs.states import PlanStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.parties.services import tell_party

NOWHERE = 30_000  # a time and a table that no fair has, while two change places


@transaction.atomic
def fix_meeting(actor: Actor, *, meeting: Meeting, fixed: bool, seen: int | None = None) -> Meeting:
    """A fixed one stands when the plan is made anew."""
    plan = _lock(actor, meeting, seen)
    Meeting.objects.filter(pk=meeting.pk).update(is_fixed=fixed)
    meeting.is_fixed = fixed
    _changed(plan)
    audit.record(actor, "fix_meeting", meeting, after={"fixed": fixed})
    return meeting


@transaction.atomic
def move_meeting(
    actor: Actor, *, meeting: Meeting, place: Place, seen: int | None = None
) -> Meeting:
    """To another table or time, where it stays when the plan is made anew. Who stood there changes
    places with it. Once it is published, those whose day changes are told."""
    plan = _lock(actor, meeting, seen)
    slots = Q(slot=place.slot) | Q(slot=meeting.slot)
    rows = plan.meetings.select_for_update(of=("self",), no_key=True).select_related(
        "left__party", "right__party", "left__brought_by", "right__brought_by"
    )
    around = list(rows.filter(slots | Q(pk=meeting.pk)))
    meeting = next(one for one in around if one.pk == meeting.pk)
    others = [one for one in around if one is not meeting]
    for one in around:
        one.plan = plan
    rules.can_move_meeting(meeting, place, others, clock.now()).require()
    before = Place(meeting.slot, meeting.table)
    if before == place:
        return meeting
    there = next((one for one in others if Place(one.slot, one.table) == place), None)
    if there is not None:
        _put(there, Place(NOWHERE, NOWHERE))
    _put(meeting, place)
    if there is not None:
        _put(there, before)
    _changed(plan)
    after = {"slot": place.slot, "table": place.table, "with": there.pk if there else None}
    was = {"slot": before.slot, "table": before.table}
    audit.record(actor, "move_meeting", meeting, before=was, after=after)
    if plan.status == PlanStatus.PUBLISHED:
        for one in filter(None, (meeting, there)):
            _tell(one)
    return meeting


def _lock(actor: Actor, meeting: Meeting, seen: int | None) -> MeetingPlan:
    fair = lock_fair(meeting.plan.fair)
    plan = MeetingPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.plan_id)
    plan.fair = fair
    rules.can_change_plan(actor, fair, plan).require()
    rules.plan_is_as_seen(plan, seen).require()
    meeting.refresh_from_db(fields=["slot", "table"])
    return plan


def _put(meeting: Meeting, place: Place) -> None:
    meeting.slot, meeting.table, meeting.is_fixed = place.slot, place.table, True
    meeting.save(update_fields=["slot", "table", "is_fixed"])


def _changed(plan: MeetingPlan) -> None:
    plan.version += 1
    plan.save(update_fields=["version"])


def _tell(meeting: Meeting) -> None:
    at = meeting.starts_at.astimezone(clock.SHANGHAI)
    for one, other in ((meeting.left, meeting.right), (meeting.right, meeting.left)):
        for side in filter(None, (one.party, one.brought_by)):
            tell_party(
                side,
                event="fair.moved",
                key=f"fair-moved:{meeting.pk}:{meeting.plan.version}:{one.pk}:{side.pk}",
                sentence=gettext_noop(
                    "Your meeting with %(other)s at “%(fair)s” is now at %(at)s, table %(table)s."
                ),
                params={
                    "other": other.party.name,
                    "fair": meeting.plan.fair.title,
                    "at": f"{at:%m-%d %H:%M}",
                    "table": str(meeting.table_number),
                },
                url=one.get_absolute_url(),
            )
