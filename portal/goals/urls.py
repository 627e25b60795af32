from django.urls import path

from portal.goals import views

urlpatterns = [
    path("goals/", views.goal_list, name="goal_list"),
    path("goals/seats/<slug:code>/", views.goal_seats, name="goal_seats"),
    path("goals/<slug:code>/", views.goal_detail, name="goal_detail"),
]
