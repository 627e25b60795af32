"""Wishes, the planner as a job, and the plan that everybody is told."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, gettext_noop

from matchmaking.engine.meetings import Clash, NotFound, Plan, parse_fair, plan
from matchmaking.engine.meetings import Fair as Instance
from matchmaking.fairs import rules, selectors
from matchmaking.fairs.models import Fair, Meeting, MeetingOutcome, MeetingPlan, SignUp, Wish
from matchmaking.fairs.rules import Place
from matchmaking.fairs.services.fairs import change_status, lock_fair
from matchmaking.fairs.services.tables import tables_kept
from matchmaking.fairs.states import FairStatus, Mark, MeetingResult, PlanStatus
from portal.core import audit, bulk, clock
from portal.core.actor import Actor, actor_again
from portal.core.jobs import Progress, job, queue_job
from portal.core.models import Job
from portal.core.verdict import Refused, conflict, unmet
from portal.parties.services import tell_party

KIND = "fairs.plan"
READING, SEARCHING, WRITING = (
    gettext_noop("Reading wishes"),
    gettext_noop("Choosing and placing meetings"),
    gettext_noop("Writing the plan"),
)
STEPS = (READING, SEARCHING, WRITING)
MOST_LACKING = 500


@transaction.atomic
def make_wishes(actor: Actor, *, sign_up: SignUp, marks: Mapping[UUID, str]) -> int:
    """Say must, maybe or no of others; an empty mark takes it back. How many changed."""
    sign_up = SignUp.objects.select_for_update(of=("self",), no_key=True).whole().get(pk=sign_up.pk)
    rules.can_wish(actor, sign_up).require()
    others = SignUp.objects.whole().filter(fair=sign_up.fair_id).in_bulk(list(marks))
    known = {row.other_id: row for row in Wish.objects.filter(sign_up=sign_up)}
    now, changed = clock.now(), 0
    for key, mark in marks.items():
        other = others.get(key)
        if other is None or not rules.are_opposite(sign_up, other):
            raise Refused(unmet(gettext("You meet the other side of this fair only.")))
        if mark not in {*Mark.values, ""}:
            raise Refused(unmet(gettext("Choose must, maybe or no.")))
        row = known.get(key)
        if mark == (row.mark if row else ""):
            continue
        changed += 1
        if row is not None and not mark:
            row.delete()
        else:
            Wish.objects.update_or_create(
                sign_up=sign_up, other=other, defaults={"mark": mark, "marked_at": now}
            )
    if changed:
        audit.record(actor, "make_wishes", sign_up, after={"changed": changed})
    return changed


@transaction.atomic
def start_plan(actor: Actor, *, fair: Fair, seed: int = 0) -> Job:
    """In the background, with its progress; one at a time for a fair."""
    fair = lock_fair(fair)
    rules.can_plan_meetings(actor, fair).require()
    return queue_job(actor, kind=KIND, key=str(fair.pk), args={"fair": fair.pk, "seed": seed})


@job(KIND)
def run_plan(progress: Progress, args: dict[str, Any]) -> None:
    if progress.job.done == len(STEPS):
        return  # its worker died between the plan and the word that it is done
    actor = actor_again(progress.job.created_by_id, None, "task")
    fair = Fair.objects.select_related("occasion", "city").get(pk=args["fair"])
    progress.report(done=0, total=3, step=READING)
    instance = selectors.instance_of(fair, args["seed"])
    progress.report(done=1, total=3, step=SEARCHING)
    began = time.perf_counter()
    read, found = _search(instance.document)
    seconds = time.perf_counter() - began
    progress.report(done=2, total=3, step=WRITING)
    with transaction.atomic():
        write_plan(actor, fair, instance, read, found, seconds)
        progress.report(done=3, total=3, step=WRITING)


def plan_now(actor: Actor, *, fair: Fair, seed: int = 0) -> MeetingPlan:
    """The same without a job: for the demo."""
    rules.can_plan_meetings(actor, fair).require()
    instance = selectors.instance_of(fair, seed)
    began = time.perf_counter()
    read, found = _search(instance.document)
    return write_plan(actor, fair, instance, read, found, time.perf_counter() - began)


def _search(document: dict[str, Any]) -> tuple[Instance, Plan]:
    read = parse_fair(document)
    try:
        return read, plan(read)
    except Clash as clash:
        first = str(clash.faults[0])
        raise Refused(conflict(gettext("The fixed meetings clash: %s") % first)) from clash
    except NotFound as error:
        raise Refused(conflict(str(error))) from error


@transaction.atomic
def write_plan(
    actor: Actor,
    fair: Fair,
    instance: selectors.Instance,
    read: Instance,
    found: Plan,
    seconds: float,
) -> MeetingPlan:
    """A draft; the published one stands until this is published."""
    fair = lock_fair(fair)
    rules.can_plan_meetings(actor, fair).require()
    last = fair.plans.aggregate(last=Max("number"))["last"] or 0
    pairs = {
        (UUID(str(read.left.ids[one.left])), UUID(str(read.right.ids[one.right]))): Place(
            one.slot, one.table
        )
        for one in found.meetings
    }
    standing = fair.plans.filter(status=PlanStatus.PUBLISHED).first()
    tables = tables_kept(pairs, selectors.places_of(standing))
    made = MeetingPlan.objects.create(
        fair=fair,
        number=last + 1,
        seed=read.seed,
        slots=read.slots,
        value=found.value,
        upper_bound=max(found.upper_bound, found.value),
        shortfall_bound=found.shortfall_bound,
        gini=found.gini or {},
        unmet=[one._asdict() for one in found.unmet],
        lacking=_lacking(instance, {(str(left), str(right)) for left, right in pairs}),
        seconds=round(seconds, 3),
        made_by=actor.user,
        made_at=clock.now(),
    )
    fixed = {(one["left"], one["right"]) for one in instance.document["fixed"]}
    bulk.insert(
        [
            Meeting(
                plan=made,
                left_id=left,
                right_id=right,
                slot=place.slot,
                table=tables[left, right],
                worth=instance.worth.get((str(left), str(right)), 0),
                is_fixed=(str(left), str(right)) in fixed,
            )
            for (left, right), place in pairs.items()
        ]
    )
    after = {"value": found.value, "bound": found.upper_bound, "meetings": len(pairs)}
    audit.record(actor, "plan_meetings", made, after=after)
    return made


@transaction.atomic
def publish_plan(actor: Actor, *, plan: MeetingPlan, seen: int | None = None) -> MeetingPlan:
    """Everybody whose day it changes is told; the plan before is replaced. `seen`: the version that
    the person looked at."""
    fair = lock_fair(plan.fair)
    plan = MeetingPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    plan.fair = fair
    rules.can_publish_plan(actor, fair, plan).require()
    rules.plan_is_as_seen(plan, seen).require()
    before = fair.plans.filter(status=PlanStatus.PUBLISHED).first()
    change = selectors.difference(before, plan)
    if before is not None:
        before.status = PlanStatus.REPLACED
        before.save(update_fields=["status"])
    plan.status, plan.published_at = PlanStatus.PUBLISHED, clock.now()
    plan.save(update_fields=["status", "published_at"])
    if fair.status == FairStatus.CURATING:
        change_status(actor, fair, FairStatus.SCHEDULED, "schedule_fair")
    after = {"number": plan.number, "touched": len(change.touched)}
    audit.record(actor, "publish_plan", plan, after=after)
    for sign_up in SignUp.objects.whole().filter(pk__in=change.touched):
        tell_party(
            sign_up.party,
            event="fair.planned",
            key=f"fair-planned:{plan.pk}:{sign_up.pk}",
            sentence=gettext_noop("Your meetings at “%(fair)s” are planned: look at your day."),
            params={"fair": fair.title},
            url=sign_up.get_absolute_url(),
        )
    return plan


def _lacking(instance: selectors.Instance, met: set[tuple[str, str]]) -> list[dict[str, Any]]:
    """Who must meet and does not, and why as far as it is known."""
    rows = []
    seated = {one["id"] for side in ("left", "right") for one in instance.document[side]}
    for (one, other), mark in instance.marks.items():
        pair = (str(one), str(other))
        if mark != Mark.MUST or pair in met or pair[::-1] in met:
            continue
        refused = instance.marks.get((other, one)) == Mark.NO
        there = seated.issuperset(pair)  # whoever is kept apart is told no more than that
        reason = "no" if refused else "full" if there else "away"
        rows.append({"sign_up": pair[0], "other": pair[1], "reason": reason})
    return rows[:MOST_LACKING]


@transaction.atomic
def bring_plan(actor: Actor, *, fair: Fair, seed: int = 0) -> MeetingPlan:
    """Of a fair that is past: published, and nobody is told. Only caps bind it, so it is exact and
    quick."""
    rules.can_bring_in_bulk(actor).require()
    instance = selectors.instance_of(fair, seed)
    document = {name: value for name, value in instance.document.items() if name != "fairness"}
    for side in ("left", "right"):
        document[side] = [{"id": one["id"], "group": one["group"]} for one in document[side]]
    began = time.perf_counter()
    read, found = _search(document)
    made = write_plan(actor, fair, instance, read, found, time.perf_counter() - began)
    made.status, made.published_at = PlanStatus.PUBLISHED, clock.now()
    made.save(update_fields=["status", "published_at"])
    change_status(actor, lock_fair(fair), FairStatus.SCHEDULED, "schedule_fair")
    return made


@transaction.atomic
def bring_outcomes(
    actor: Actor, *, plan: MeetingPlan, said: Mapping[tuple[int, UUID], MeetingResult]
) -> int:
    """What each side said of a meeting, by meeting and sign-up."""
    rules.can_bring_in_bulk(actor).require()
    at = plan.fair.ends_at
    bulk.insert(
        [
            MeetingOutcome(meeting_id=meeting, sign_up_id=sign_up, result=result, said_at=at)
            for (meeting, sign_up), result in said.items()
        ]
    )
    return len(said)


@transaction.atomic
def bring_wishes(actor: Actor, *, marks: selectors.Marks) -> int:
    """What was wished, written down at once."""
    rules.can_bring_in_bulk(actor).require()
    now = clock.now()
    bulk.insert(
        [
            Wish(sign_up_id=one, other_id=other, mark=mark, marked_at=now)
            for (one, other), mark in marks.items()
        ]
    )
    return len(marks)
