from matchmaking.fairs.api.people import SignUpViewSet
from matchmaking.fairs.api.running import FairRunningViewSet, MeetingViewSet, PlanViewSet

__all__ = ["FairRunningViewSet", "MeetingViewSet", "PlanViewSet", "SignUpViewSet"]
