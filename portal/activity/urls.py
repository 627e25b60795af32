from django.urls import path

from portal.activity import views

urlpatterns = [
    path("activity/", views.activity_list, name="activity_list"),
    path("activity/report/", views.activity_report, name="activity_report"),
]
