from django.urls import path

from portal.tiers import views

urlpatterns = [
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
]
