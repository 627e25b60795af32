from django.urls import path

from portal.activity import api

urlpatterns = [
    path("activity/", api.ActivityView.as_view(), name="api-activity"),
    path("figures/", api.FiguresView.as_view(), name="api-figures"),
    path("distributions/", api.DistributionsView.as_view(), name="api-distributions"),
]
