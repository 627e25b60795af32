from django.urls import path

from portal.goals import api

urlpatterns = [
    path("goals/", api.GoalBoardView.as_view(), name="api-goals"),
    path("goals/<slug:code>/sums/", api.GoalSumsView.as_view(), name="api-goal-sums"),
    path("goals/<slug:code>/seats/", api.GoalSeatsView.as_view(), name="api-goal-seats"),
]
