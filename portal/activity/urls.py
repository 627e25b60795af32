from django.urls import path

from portal.activity import views

urlpatterns = [
    path("activity/", views.activity_list, name="activity_list"),
    path("activity/report/", views.activity_report, name="activity_report"),
    path("figures/", views.figures_detail, name="figures_detail"),
    path("figures/report/", views.figures_report, name="figures_report"),
    path("figures/<slug:kind>/", views.distribution_report, name="distribution_report"),
]
