from matchmaking.fairs.api.drafts import SignUpDraftViewSet
from matchmaking.fairs.api.plans import MeetingViewSet, PlanViewSet
from matchmaking.fairs.api.returns import FairReturnsViewSet
from matchmaking.fairs.api.signups import SignUpViewSet

__all__ = [
    "FairReturnsViewSet",
    "MeetingViewSet",
    "PlanViewSet",
    "SignUpDraftViewSet",
    "SignUpViewSet",
]
