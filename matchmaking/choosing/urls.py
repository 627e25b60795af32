from django.urls import path

from matchmaking.choosing import views

urlpatterns = [
    path("needs/<int:pk>/confidential/", views.need_confidential, name="need_confidential"),
    path("needs/<int:pk>/comparison/", views.need_comparison, name="need_comparison"),
    path(
        "proposals/<int:pk>/confidential/",
        views.proposal_confidential,
        name="proposal_confidential",
    ),
    path("proposals/<int:pk>/opinion/", views.proposal_opinion, name="proposal_opinion"),
]
