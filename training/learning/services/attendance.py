"""Who was there: by the code in the room, by the roster, or on somebody's behalf."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.actor import Actor
from portal.core.verdict import Refused, unmet
from portal.seats import services as seats
from portal.seats.states import ClaimStatus
from training.courses.models import Meeting
from training.courses.rules import can_teach
from training.learning import rules
from training.learning.fields import PresenceFields
from training.learning.models import Enrolment, Presence
from training.learning.services.enrolments import lock_enrolment
from training.learning.states import Way

SALT = "training.room"
CODE_LASTS = timedelta(seconds=90)  # a photo of it that is passed on is worth nothing
OLD_CODE = _("This code has run out. Scan the one that the room shows now.")


def room_code(meeting: Meeting) -> str:
    """What the room shows; made anew every few seconds."""
    return signing.dumps([meeting.pk, int(clock.now().timestamp())], salt=SALT)


@transaction.atomic
def scan_in(actor: Actor, *, enrolment: Enrolment, code: str) -> Presence:
    """By the code that the room shows. Scanned twice it counts once."""
    meeting = meeting_of_code(code)
    enrolment = lock_enrolment(enrolment)
    now = clock.now()
    rules.can_scan_in(actor, enrolment, meeting, now).require()
    known = Presence.objects.filter(enrolment=enrolment, meeting=meeting).first()
    way = Way.QR if enrolment.learner.user_id == actor.user_id else Way.BEHALF
    return known or _write(actor, enrolment, meeting, PresenceFields(now), way)


@transaction.atomic
def record_presence(
    actor: Actor,
    *,
    enrolment: Enrolment,
    meeting: Meeting,
    fields: PresenceFields,
    way: Way = Way.ROSTER,
) -> Presence:
    """From when to when; written again it is put right."""
    enrolment = lock_enrolment(enrolment)
    rules.can_mark_presence(actor, enrolment, meeting).require()
    rules.presence_is_sound(meeting, fields, clock.now()).require()
    return _write(actor, enrolment, meeting, fields, way)


@transaction.atomic
def record_everybody(actor: Actor, *, meeting: Meeting, absent: Collection[UUID] = ()) -> int:
    """All with a seat but these, who are not written down yet: here from this moment while the
    meeting lasts, of all of it afterwards. Who is written down already stays as they are. How
    many."""
    can_teach(actor, meeting.session).require()
    rules.meeting_has_begun(meeting, clock.now()).require()
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).unfinished()
    rows = rows.filter(session=meeting.session_id).exclude(pk__in=absent)
    asked = list(rows.whole().order_by("pk"))
    # Asked once they are locked: whoever scans the code meanwhile stays as they came.
    known = set(Presence.objects.filter(meeting=meeting).values_list("enrolment", flat=True))
    found = [one for one in asked if one.pk not in known]
    fields = PresenceFields(seen_from(meeting))
    Presence.objects.bulk_create(
        Presence(enrolment=one, meeting=meeting, **_values(actor, fields, Way.ROSTER))
        for one in found
    )
    after, now = _told(meeting, fields, Way.ROSTER), clock.now()
    audit.record_many(
        [audit.entry(actor, "record_presence", one, at=now, after=after) for one in found]
    )
    for one in found:
        audit.tell(actor, "record_presence", one)
        seats.mark_present(actor, claim=one.claim)
    return len(found)


def seen_from(meeting: Meeting) -> datetime:
    """While it lasts, this moment; afterwards, its beginning."""
    now = clock.now()
    return now if now < meeting.ends_at else meeting.starts_at


@transaction.atomic
def clear_presence(actor: Actor, *, enrolment: Enrolment, meeting: Meeting) -> None:
    """Was not there after all."""
    enrolment = lock_enrolment(enrolment)
    rules.can_mark_presence(actor, enrolment, meeting).require()
    gone, _kinds = Presence.objects.filter(enrolment=enrolment, meeting=meeting).delete()
    if gone:
        audit.record(actor, "clear_presence", enrolment, after={"meeting": meeting.position})
        if not enrolment.presences.exists() and enrolment.status == ClaimStatus.PRESENT:
            enrolment.claim = seats.mark_absent(actor, claim=enrolment.claim)


def _write(
    actor: Actor, enrolment: Enrolment, meeting: Meeting, fields: PresenceFields, way: Way
) -> Presence:
    presence, _made = Presence.objects.update_or_create(
        enrolment=enrolment, meeting=meeting, defaults=_values(actor, fields, way)
    )
    audit.record(actor, "record_presence", enrolment, after=_told(meeting, fields, way))
    if enrolment.status != ClaimStatus.PRESENT:
        enrolment.claim = seats.mark_present(actor, claim=enrolment.claim)
    return presence


def _values(actor: Actor, fields: PresenceFields, way: Way) -> dict[str, Any]:
    return {
        "arrived_at": fields.arrived_at,
        "left_at": fields.left_at,
        "way": way,
        "by": actor.user,
        "written_at": clock.now(),
    }


def _told(meeting: Meeting, fields: PresenceFields, way: Way) -> dict[str, Any]:
    return {
        "meeting": meeting.position,
        "arrived_at": fields.arrived_at,
        "left_at": fields.left_at,
        "way": way,
    }


def meeting_of_code(code: str) -> Meeting:
    """Refused (422) where the code is forged or has run out."""
    try:
        key, made_at = signing.loads(code, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused(unmet(OLD_CODE)) from error
    if clock.now().timestamp() - made_at > CODE_LASTS.total_seconds():
        raise Refused(unmet(OLD_CODE))
    return Meeting.objects.select_related("session__course").get(pk=key)
