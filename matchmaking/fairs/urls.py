from django.urls import path

from matchmaking.fairs import views

OF_FAIR = (
    ("edit", views.fair_edit),
    ("publication", views.fair_publication),
    ("cancellation", views.fair_cancellation),
    ("people", views.fair_people),
    ("guest", views.fair_guest),
    ("code", views.fair_code),
    ("plan", views.fair_plan),
    ("planning", views.fair_planning),
    ("desk", views.fair_desk),
    ("arrivals", views.fair_arrivals),
    ("report", views.fair_report),
    ("tables", views.fair_tables),
    ("badges", views.fair_badges),
)
OF_SIGN_UP = (
    ("seat", views.sign_up_seat),
    ("withdrawal", views.sign_up_withdrawal),
    ("answer", views.sign_up_answer),
    ("feed", views.sign_up_feed),
    ("acceptance", views.sign_up_acceptance),
    ("question", views.sign_up_question),
    ("refusal", views.sign_up_refusal),
    ("wishes", views.sign_up_wishes),
    ("badge", views.sign_up_badge),
    ("arrival", views.sign_up_arrival),
    ("outcome", views.sign_up_outcome),
)

urlpatterns = [
    path("fairs/", views.fair_list, name="fair_list"),
    path("fairs/calendar/", views.fair_calendar, name="fair_calendar"),
    path("fairs/returns/", views.fair_returns, name="fair_returns"),
    path("fairs/new/", views.fair_create, name="fair_create"),
    path("fairs/<int:pk>/", views.fair_detail, name="fair_detail"),
    path("fairs/<int:pk>/signup/", views.sign_up_create, name="sign_up_create"),
    path("fairs/<int:pk>/signup/kept/", views.sign_up_autosave, name="sign_up_autosave"),
    path(
        "fair-signup-drafts/<uuid:draft_id>/removal/",
        views.sign_up_draft_removal,
        name="sign_up_draft_removal",
    ),
    *(path(f"fairs/<int:pk>/{end}/", view, name=f"fair_{end}") for end, view in OF_FAIR),
    path("fair-signups/<uuid:pk>/", views.sign_up_detail, name="sign_up_detail"),
    *(
        path(f"fair-signups/<uuid:pk>/{end}/", view, name=f"sign_up_{end}")
        for end, view in OF_SIGN_UP
    ),
    path("fair-badges/<str:token>/", views.badge_detail, name="badge_detail"),
    path("fair-plans/<int:pk>/publication/", views.plan_publication, name="plan_publication"),
    path("fair-meetings/<int:pk>/fixing/", views.meeting_fixing, name="meeting_fixing"),
    path("fair-meetings/<int:pk>/move/", views.meeting_move, name="meeting_move"),
    path("fair-agendas/<str:token>.ics", views.agenda_feed, name="agenda_feed"),
    path(
        "fair-meetings/<int:pk>/cooperation/",
        views.meeting_cooperation,
        name="meeting_cooperation",
    ),
]
