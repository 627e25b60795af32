from django.urls import path

from matchmaking.brokerage import views

ONE = "introductions/<uuid:public_id>/"
urlpatterns = [
    path("introductions/", views.introduction_list, name="introduction_list"),
    path("introductions/to/<int:pk>/", views.introduction_create, name="introduction_create"),
    path(ONE, views.introduction_detail, name="introduction_detail"),
    path(f"{ONE}withdrawal/", views.introduction_withdrawal, name="introduction_withdrawal"),
    path(f"{ONE}answer/", views.introduction_answer, name="introduction_answer"),
    path(f"{ONE}steps/", views.introduction_step, name="introduction_step"),
    path(f"{ONE}refusal/", views.introduction_refusal, name="introduction_refusal"),
    path(f"{ONE}contract/", views.introduction_contract, name="introduction_contract"),
    path(f"{ONE}outcome/", views.introduction_outcome, name="introduction_outcome"),
    path("operations/introductions/", views.broker_list, name="broker_list"),
    path("operations/represented/", views.represented_list, name="represented_list"),
    path("operations/represented/of/<int:pk>/", views.represent_creator, name="represent_creator"),
    path(
        "operations/represented/<int:pk>/end/",
        views.representation_end,
        name="representation_end",
    ),
    path("operations/stalled/", views.still_list, name="still_list"),
    path("operations/stalled/<int:pk>/reminder/", views.need_nudge, name="need_nudge"),
]
