from django.urls import path

from portal.tiers import views

certification = [
    ("", "front"),
    ("holders/", "list"),
    ("methods/<str:version>/", "method"),
    ("badges/<str:number>/", "badge"),
    ("ours/", "home"),
    ("desk/", "desk"),
    ("rounds/<int:pk>/application/", "start"),
    ("rounds/<int:pk>/scoring/", "scoring"),
    ("rounds/<int:pk>/publication/", "publication"),
    ("applications/<uuid:pk>/", "detail"),
    ("applications/<uuid:pk>/edit/", "edit"),
    ("applications/<uuid:pk>/documents/", "paper"),
    ("applications/<uuid:pk>/withdrawal/", "withdrawal"),
    ("applications/<uuid:pk>/surrender/", "surrender"),
    ("applications/<uuid:pk>/inputs/", "inputs"),
    ("applications/<uuid:pk>/check/", "check"),
    ("applications/<uuid:pk>/review/", "review"),
    ("applications/<uuid:pk>/end/", "end"),
    ("applications/<uuid:pk>/objection/", "appeal_create"),
    ("documents/<uuid:pk>/removal/", "paper_removal"),
    ("objections/<uuid:pk>/", "appeal_detail"),
    ("objections/<uuid:pk>/withdrawal/", "appeal_withdrawal"),
]

urlpatterns = [
    *(
        path(
            f"certification/{route}",
            getattr(views, f"certification_{name}"),
            name=f"certification_{name}",
        )
        for route, name in certification
    ),
    path("tiers/", views.star_front, name="star_front"),
    path("tiers/holders/", views.star_holder_list, name="star_holder_list"),
    path("tiers/rules/<int:pk>/", views.star_rules_detail, name="star_rules_detail"),
    path("tiers/badges/<str:number>/", views.star_badge, name="star_badge"),
    path("tiers/ours/", views.star_home, name="star_home"),
    path("tiers/quarters/", views.star_register, name="star_register"),
    path("tiers/quarters/<int:pk>/", views.star_review_detail, name="star_review_detail"),
    path(
        "tiers/quarters/<int:pk>/application/",
        views.star_application_create,
        name="star_application_create",
    ),
    path("tiers/quarters/<int:pk>/objection/", views.star_appeal_create, name="star_appeal_create"),
    path(
        "tiers/applications/<uuid:pk>/",
        views.star_application_detail,
        name="star_application_detail",
    ),
    path(
        "tiers/applications/<uuid:pk>/withdrawal/",
        views.star_application_withdrawal,
        name="star_application_withdrawal",
    ),
    path("tiers/objections/<uuid:pk>/", views.star_appeal_detail, name="star_appeal_detail"),
    path(
        "tiers/objections/<uuid:pk>/withdrawal/",
        views.star_appeal_withdrawal,
        name="star_appeal_withdrawal",
    ),
    path("tiers/frameworks/", views.framework_list, name="framework_list"),
    path("tiers/frameworks/new/", views.framework_create, name="framework_create"),
    path("tiers/frameworks/<uuid:pk>/", views.framework_detail, name="framework_detail"),
    path("tiers/frameworks/<uuid:pk>/counter/", views.framework_counter, name="framework_counter"),
    path("tiers/frameworks/<uuid:pk>/change/", views.framework_change, name="framework_change"),
    path(
        "tiers/frameworks/<uuid:pk>/acceptance/",
        views.framework_acceptance,
        name="framework_acceptance",
    ),
    path("tiers/frameworks/<uuid:pk>/refusal/", views.framework_refusal, name="framework_refusal"),
    path(
        "tiers/frameworks/<uuid:pk>/withdrawal/",
        views.framework_withdrawal,
        name="framework_withdrawal",
    ),
    path("tiers/frameworks/<uuid:pk>/review/", views.framework_review, name="framework_review"),
    path("tiers/frameworks/<uuid:pk>/end/", views.framework_end, name="framework_end"),
    path("tiers/frameworks/<uuid:pk>/close/", views.framework_close, name="framework_close"),
    path(
        "tiers/frameworks/<uuid:pk>/versions/<int:number>/paper/",
        views.framework_paper,
        name="framework_paper",
    ),
    path(
        "tiers/frameworks/<uuid:pk>/meetings/new/",
        views.framework_meeting_create,
        name="framework_meeting_create",
    ),
    path(
        "tiers/framework-meetings/<int:pk>/",
        views.framework_meeting_detail,
        name="framework_meeting_detail",
    ),
    path(
        "tiers/framework-meetings/<int:pk>/minutes/",
        views.framework_meeting_minutes,
        name="framework_meeting_minutes",
    ),
    path(
        "tiers/framework-meetings/<int:pk>/move/",
        views.framework_meeting_move,
        name="framework_meeting_move",
    ),
    path(
        "tiers/framework-decisions/<int:pk>/outcome/",
        views.framework_decision_outcome,
        name="framework_decision_outcome",
    ),
]
