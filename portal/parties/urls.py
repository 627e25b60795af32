from django.urls import path

from portal.parties import views

urlpatterns = [
    path("parties/new/", views.party_create, name="party_create"),
    path("parties/switch/", views.party_switch, name="party_switch"),
    path("parties/<int:pk>/", views.party_detail, name="party_detail"),
    path("parties/<int:pk>/edit/", views.party_edit, name="party_edit"),
    path("parties/<int:pk>/submission/", views.party_submission, name="party_submission"),
    path("parties/<int:pk>/visibility/", views.party_visibility, name="party_visibility"),
    path("parties/<int:pk>/members/", views.party_members, name="party_members"),
    path(
        "parties/<int:pk>/members/<int:member>/role/",
        views.party_member_role,
        name="party_member_role",
    ),
    path(
        "parties/<int:pk>/members/<int:member>/removal/",
        views.party_member_removal,
        name="party_member_removal",
    ),
    path("parties/<int:pk>/departure/", views.party_departure, name="party_departure"),
    path("parties/<int:pk>/ownership/", views.party_ownership, name="party_ownership"),
    path(
        "parties/<int:pk>/ownership/withdrawal/",
        views.party_ownership_withdrawal,
        name="party_ownership_withdrawal",
    ),
    path(
        "parties/<int:pk>/ownership/answer/",
        views.party_ownership_answer,
        name="party_ownership_answer",
    ),
    path(
        "parties/<int:pk>/invitations/<uuid:invitation>/sending/",
        views.party_invitation_sending,
        name="party_invitation_sending",
    ),
    path(
        "parties/<int:pk>/invitations/<uuid:invitation>/withdrawal/",
        views.party_invitation_withdrawal,
        name="party_invitation_withdrawal",
    ),
    path("invitations/<slug:token>/", views.invitation_answer, name="invitation_answer"),
    path("providers/<int:pk>/", views.provider_detail, name="provider_detail"),
]
