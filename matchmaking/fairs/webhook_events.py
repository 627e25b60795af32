"""What machines are told of seats and meetings: each side its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models import Meeting, MeetingPlan, SignUp
from portal.seats.states import ClaimStatus
from portal.webhooks.catalogue import register_event


def sign_up_data(sign_up: SignUp, told: int) -> dict[str, Any]:
    return {
        "sign_up": str(sign_up.pk),
        "fair": sign_up.fair_id,
        "party": sign_up.party_id,
        "status": sign_up.status,
        "reason": sign_up.claim.reason,
        "due_at": sign_up.claim.due_at.isoformat() if sign_up.claim.due_at else None,
    }


def both_of(sign_up: SignUp) -> Iterator[int]:
    yield sign_up.party_id
    if sign_up.brought_by_id is not None:
        yield sign_up.brought_by_id


def plan_data(plan: MeetingPlan, told: int) -> dict[str, Any]:
    return {"fair": plan.fair_id, "plan": plan.number}


def everybody_in(plan: MeetingPlan) -> set[int]:
    rows = plan.meetings.values_list("left__party", "right__party")
    return {key for pair in rows for key in pair}


def meeting_data(meeting: Meeting, told: int) -> dict[str, Any]:
    other = meeting.right if meeting.left.party_id == told else meeting.left
    return {
        "meeting": meeting.pk,
        "fair": meeting.plan.fair_id,
        "other": other.party_id,
        "starts_at": meeting.starts_at.isoformat(),
        "table": meeting.table_number,
    }


def sides_of(meeting: Meeting) -> Iterator[int]:
    """Of the published plan: a draft is nobody's yet."""
    if meeting.plan.published_at is not None:
        yield from (meeting.left.party_id, meeting.right.party_id)


SIGN_UP = {
    "sign_up": "8a1f6d3e-52a0-4b0e-9a55-6f0c1b7d2e11",
    "fair": 12,
    "party": 31,
    "status": "offered",
    "reason": "",
    "due_at": "2026-12-11T12:00:00+00:00",
}
for status, title in (
    (ClaimStatus.SUBMITTED, _("A sign-up to a fair is being looked at")),
    (ClaimStatus.ASKED, _("The organiser of a fair asks something")),
    (ClaimStatus.WAITING, _("On the waitlist of a fair")),
    (ClaimStatus.OFFERED, _("A seat at a fair is offered")),
    (ClaimStatus.CONFIRMED, _("A seat at a fair is ours")),
    (ClaimStatus.PRESENT, _("Checked in at a fair")),
    (ClaimStatus.REJECTED, _("A sign-up to a fair was turned down")),
    (ClaimStatus.WITHDRAWN, _("A sign-up to a fair was withdrawn")),
    (ClaimStatus.EXPIRED, _("A seat at a fair was not taken up")),
    (ClaimStatus.CANCELLED, _("A fair does not take place")),
):
    register_event(
        f"fair_seat.{status.value}",
        title,
        of="fairs.signup",
        verbs=(f"seat_{status.value}",),
        parties=both_of,
        data=sign_up_data,
        example=SIGN_UP,
    )
register_event(
    "fair_meetings.published",
    _("The meetings of a fair were planned"),
    of="fairs.meetingplan",
    verbs=("publish_plan",),
    parties=everybody_in,
    data=plan_data,
    example={"fair": 12, "plan": 2},
)
register_event(
    "fair_meeting.moved",
    _("A meeting at a fair was moved"),
    of="fairs.meeting",
    verbs=("move_meeting",),
    parties=sides_of,
    data=meeting_data,
    example={
        "meeting": 904,
        "fair": 12,
        "other": 1,
        "starts_at": "2026-12-12T02:30:00+00:00",
        "table": 7,
    },
)
