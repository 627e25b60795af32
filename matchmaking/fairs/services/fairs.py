"""A fair from the plan to its end, by the operators and by the calendar."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from matchmaking.fairs import rules, selectors, states
from matchmaking.fairs.fields import CodeFields, FairFields
from matchmaking.fairs.models import Fair, FairPool, InvitationCode, Threshold
from matchmaking.fairs.services.drafts import forget_prepared
from matchmaking.fairs.states import FairStatus, PlanStatus
from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, conflict
from portal.parties.models import CityYear
from portal.parties.services import tell_party
from portal.seats import services as seats

OCCASION = "fair"
NO_SEAT = gettext_noop("No seat was freed before it began.")
HURRY, LAST_OFFER = timedelta(hours=24), timedelta(hours=12)  # before it begins
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread aloud
MOVED = ("starts_at", "ends_at", "city_id", "venue", "is_online")
FACTS = ("status", "reason", "published_at", "ended_at")


@transaction.atomic
def create_fair(actor: Actor, *, fields: FairFields) -> Fair:
    """Planned: seen by operators only."""
    rules.can_run_fairs(actor).require()
    rules.fair_is_sound(fields).require()
    occasion = seats.open_occasion(
        actor, kind=OCCASION, **_times(fields), admission=fields.admission
    )
    fair = Fair(occasion=occasion, created_at=clock.now(), **_own(fields))
    fair.save()
    _write_seats(actor, fair, fields.seats)
    _write_thresholds(fair, fields.thresholds)
    audit.record(actor, "create_fair", fair, after=_told(fields))
    return fair


@transaction.atomic
def change_fair(actor: Actor, *, fair: Fair, fields: FairFields) -> Fair:
    """Seats may grow at any time, and shrink to those that are taken and promised. When it moves,
    everybody who signed up is told; a plan of meetings moves with it."""
    fair = lock_fair(fair)
    rules.can_change_fair(actor, fair).require()
    rules.fair_is_sound(fields).require()
    _room_stays(fair, fields)
    before = {name: getattr(fair, name) for name in MOVED}
    if fields.kind != fair.kind or fields.admission != fair.occasion.admission:
        _may_become_another(fair)
    for name, value in _own(fields).items():
        setattr(fair, name, value)
    fair.save()
    times = _times(fields) | {"admission": fields.admission}
    fair.occasion = seats.change_occasion(actor, occasion=fair.occasion, **times)
    _write_seats(actor, fair, fields.seats)
    _write_thresholds(fair, fields.thresholds)
    audit.record(actor, "change_fair", fair, after=_told(fields))
    if any(getattr(fair, name) != value for name, value in before.items()):
        _tell_it_moved(fair)
    return fair


@transaction.atomic
def publish_fair(actor: Actor, *, fair: Fair) -> Fair:
    """Everybody sees it; signing up opens by its clock."""
    fair = lock_fair(fair)
    rules.can_publish_fair(actor, fair, clock.now()).require()
    fair.published_at = clock.now()
    change_status(actor, fair, FairStatus.RECRUITING, "publish_fair")
    return fair


@transaction.atomic
def cancel_fair(actor: Actor, *, fair: Fair, why: str) -> Fair:
    """It does not take place: every seat is given back, and everybody is told why."""
    fair = lock_fair(fair)
    rules.can_cancel_fair(actor, fair, why).require()
    fair.reason = why.strip()
    change_status(actor, fair, FairStatus.CANCELLED, "cancel_fair")
    fair.plans.filter(status=PlanStatus.PUBLISHED).update(status=PlanStatus.REPLACED)
    forget_prepared(fair)
    seats.close_occasion(actor, occasion=fair.occasion, why=fair.reason)
    return fair


@transaction.atomic
def make_code(actor: Actor, *, fair: Fair, fields: CodeFields) -> InvitationCode:
    fair = lock_fair(fair)
    rules.can_change_fair(actor, fair).require()
    now = clock.now()
    rules.code_is_sound(fields, now).require()
    code = InvitationCode.objects.create(
        fair=fair,
        code="".join(secrets.choice(ALPHABET) for _letter in range(8)),
        waives=fields.waives,
        most_uses=fields.most_uses,
        ends_at=fields.ends_at,
        note=fields.note.strip(),
        made_by=actor.user,
        made_at=now,
    )
    after = {"uses": code.most_uses, "waives": code.waives}
    audit.record(actor, "make_invitation_code", code, after=after)
    return code


def sweep_fairs(actor: Actor) -> int:
    """What the calendar does: sign-up closes, the day comes, the day is over. How many moved."""
    now = clock.now()
    steps = (
        (FairStatus.RECRUITING, {"occasion__closes_at__lte": now}, FairStatus.CURATING),
        (FairStatus.CURATING, {"starts_at__lte": now}, FairStatus.LIVE),
        (FairStatus.SCHEDULED, {"starts_at__lte": now}, FairStatus.LIVE),
        (FairStatus.LIVE, {"ends_at__lte": now}, FairStatus.CLOSED),
    )
    moved = 0
    for status, when, after in steps:
        for fair in Fair.objects.filter(status=status, **when).order_by("pk"):
            moved += _move(actor, fair, status, after)
    return moved


@transaction.atomic
def _move(actor: Actor, fair: Fair, before: FairStatus, after: FairStatus) -> int:
    fair = lock_fair(fair)
    if fair.status != before:
        return 0
    change_status(actor, fair, after, f"fair_is_{after.value}")
    if before == FairStatus.RECRUITING:
        forget_prepared(fair)
    if after == FairStatus.LIVE:
        seats.begin_occasion(actor, occasion=fair.occasion, why=_(NO_SEAT))
    if after == FairStatus.CLOSED:
        seats.end_occasion(actor, occasion=fair.occasion)
    return 1


# --- shared ---------------------------------------------------------------------------------------


def lock_fair(fair: Fair) -> Fair:
    selectors.forget_opening(fair.pk)
    rows = Fair.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("occasion", "city").get(pk=fair.pk)


def change_status(actor: Actor, fair: Fair, status: FairStatus, verb: str) -> None:
    if status not in states.TRANSITIONS[fair.status]:
        raise Refused(conflict(_("This is not possible in the fair's present state.")))
    before, fair.status = fair.status, status
    if status in states.HELD or status == FairStatus.CANCELLED:
        fair.ended_at = fair.ended_at or clock.now()
    fair.save(update_fields=FACTS)
    audit.record(
        actor, verb, fair, before={"status": before}, after={"status": status}, why=fair.reason
    )


def _may_become_another(fair: Fair) -> None:
    if fair.sign_ups.exists():
        raise Refused(conflict(_("Somebody has signed up; its kind and admission stay.")))


def _room_stays(fair: Fair, fields: FairFields) -> None:
    """A plan lies on slots and tables: the day may move, its length and room may not."""
    is_same = (
        fields.ends_at - fields.starts_at == fair.ends_at - fair.starts_at
        and fields.slot_minutes == fair.slot_minutes
        and fields.tables >= fair.tables
    )
    if not is_same and fair.plans.exists():
        raise Refused(conflict(_("The meetings are planned; its length and tables stay.")))


def _tell_it_moved(fair: Fair) -> None:
    starts = fair.starts_at.astimezone(clock.SHANGHAI)
    for sign_up in fair.sign_ups.open().select_related("party", "brought_by"):
        for side in filter(None, (sign_up.party, sign_up.brought_by)):
            tell_party(
                side,
                event="fair.moved",
                key=f"fair-moved:{fair.pk}:{clock.now().timestamp()}:{sign_up.pk}:{side.pk}",
                sentence=gettext_noop("“%(fair)s” was moved: it begins %(at)s, %(place)s."),
                params={
                    "fair": fair.title,
                    "at": f"{starts:%Y-%m-%d %H:%M}",
                    "place": fair.place,
                },
                url=sign_up.get_absolute_url(),
            )


def _own(fields: FairFields) -> dict[str, Any]:
    day = fields.starts_at.astimezone(clock.SHANGHAI)
    tiers = CityYear.objects.filter(city=fields.city_id, year__lte=day.year).order_by("-year")
    tier = tiers.values_list("tier", flat=True).first() or ""
    return {name: getattr(fields, name) for name in selectors.OWN} | {"tier": tier}


def _times(fields: FairFields) -> dict[str, Any]:
    last = max(fields.closes_at, fields.starts_at - LAST_OFFER)
    return {
        "title": fields.title.strip(),
        "opens_at": fields.opens_at,
        "closes_at": fields.closes_at,
        "hurry_from": min(fields.starts_at - HURRY, last),
        "offers_until": last,
        "offer_minutes": fields.offer_hours * 60,
    }


def _write_seats(actor: Actor, fair: Fair, wanted: Mapping[tuple[str, int], int]) -> None:
    """Pools that are no longer named keep their place with no seats."""
    known = {(row.role, row.category_id): row for row in FairPool.objects.of(fair)}
    for key in sorted(known):
        capacity = wanted.get(key, 0)
        if known[key].pool.capacity != capacity:
            seats.resize_pool(actor, pool=known[key].pool, capacity=capacity)
    for (role, category), capacity in sorted(wanted.items()):
        if (role, category) not in known and capacity:
            code = f"{role}:{category}"
            pool = seats.open_pool(actor, occasion=fair.occasion, code=code, capacity=capacity)
            FairPool.objects.create(fair=fair, pool=pool, role=role, category_id=category)


def _write_thresholds(fair: Fair, wanted: Mapping[tuple[str, str], int]) -> None:
    fair.thresholds.all().delete()
    Threshold.objects.bulk_create(
        Threshold(fair=fair, role=role, measure=measure, least=least)
        for (role, measure), least in sorted(wanted.items())
    )


def _told(fields: FairFields) -> dict[str, Any]:
    return {
        "title": fields.title,
        "starts_at": fields.starts_at,
        "opens_at": fields.opens_at,
        "seats": {f"{role}:{category}": n for (role, category), n in fields.seats.items()},
        "thresholds": {f"{role}:{name}": n for (role, name), n in fields.thresholds.items()},
    }
