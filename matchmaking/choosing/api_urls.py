from django.urls import path

from matchmaking.choosing import api

urlpatterns = [
    path("needs/<int:pk>/comparison/", api.ComparisonView.as_view(), name="api-need-comparison"),
    path("proposals/<int:pk>/opinions/", api.OpinionListView.as_view(), name="api-opinion-list"),
    path(
        "proposals/<int:pk>/confidential/",
        api.ConfidentialView.as_view(),
        name="api-confidential",
    ),
]
