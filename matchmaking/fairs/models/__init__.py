from matchmaking.fairs.models.drafts import SignUpDraft
from matchmaking.fairs.models.fairs import (
    Fair,
    FairPool,
    FairPoolQuerySet,
    FairQuerySet,
    InvitationCode,
    Threshold,
)
from matchmaking.fairs.models.outcomes import FollowUp, MeetingOutcome
from matchmaking.fairs.models.plans import Meeting, MeetingPlan, Wish
from matchmaking.fairs.models.signups import SignUp, SignUpProduct, SignUpQuerySet

__all__ = [
    "Fair",
    "FairPool",
    "FairPoolQuerySet",
    "FairQuerySet",
    "FollowUp",
    "InvitationCode",
    "Meeting",
    "MeetingOutcome",
    "MeetingPlan",
    "SignUp",
    "SignUpDraft",
    "SignUpProduct",
    "SignUpQuerySet",
    "Threshold",
    "Wish",
]
