from matchmaking.fairs.api.drafts import SignUpDraftViewSet
from matchmaking.fairs.api.people import SignUpViewSet
from matchmaking.fairs.api.plans import MeetingViewSet, PlanViewSet
from matchmaking.fairs.api.returns import FairReturnsViewSet

__all__ = [
    "FairReturnsViewSet",
    "MeetingViewSet",
    "PlanViewSet",
    "SignUpDraftViewSet",
    "SignUpViewSet",
]
