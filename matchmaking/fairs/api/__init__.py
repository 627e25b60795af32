from matchmaking.fairs.api.drafts import SignUpDraftViewSet
from matchmaking.fairs.api.people import SignUpViewSet
from matchmaking.fairs.api.returns import FairReturnsViewSet
from matchmaking.fairs.api.running import MeetingViewSet, PlanViewSet

__all__ = [
    "FairReturnsViewSet",
    "MeetingViewSet",
    "PlanViewSet",
    "SignUpDraftViewSet",
    "SignUpViewSet",
]
