from django.urls import path

from matchmaking.recruiting import views

urlpatterns = [
    path("operations/recruiting/", views.post_register, name="post_register"),
    path("recruiting/", views.post_list, name="post_list"),
    path("recruiting/new/", views.post_create, name="post_create"),
    path("recruiting/autosave/", views.post_autosave, name="post_autosave"),
    path("recruiting/unfinished/<uuid:draft_id>/", views.post_draft, name="post_draft"),
    path(
        "recruiting/unfinished/<uuid:draft_id>/removal/",
        views.post_draft_removal,
        name="post_draft_removal",
    ),
    path(
        "recruiting/templates/<int:pk>/removal/",
        views.post_template_removal,
        name="post_template_removal",
    ),
    path("recruiting/searches/", views.post_search, name="post_search"),
    path(
        "recruiting/searches/<int:pk>/removal/",
        views.post_search_removal,
        name="post_search_removal",
    ),
    path("recruiting/suggestions/", views.product_suggestions, name="product_suggestions"),
    path("recruiting/applications/", views.post_application_list, name="post_application_list"),
    path(
        "recruiting/applications/decisions/",
        views.post_application_decisions,
        name="post_application_decisions",
    ),
    path(
        "recruiting/applications/comparison/",
        views.post_application_comparison,
        name="post_application_comparison",
    ),
    path("recruiting/applied/", views.post_application_own, name="post_application_own"),
    path("recruiting/<int:pk>/", views.post_detail, name="post_detail"),
    path("recruiting/<int:pk>/edit/", views.post_edit, name="post_edit"),
    path("recruiting/<int:pk>/publication/", views.post_publication, name="post_publication"),
    path("recruiting/<int:pk>/pause/", views.post_pause, name="post_pause"),
    path("recruiting/<int:pk>/resumption/", views.post_resumption, name="post_resumption"),
    path("recruiting/<int:pk>/closing/", views.post_closing, name="post_closing"),
    path("recruiting/<int:pk>/extension/", views.post_extension, name="post_extension"),
    path("recruiting/<int:pk>/template/", views.post_template, name="post_template"),
    path("recruiting/<int:pk>/poster/", views.post_poster, name="post_poster"),
    path("recruiting/<int:pk>/poster.png", views.post_poster_picture, name="post_poster_picture"),
    path("recruiting/<int:pk>/poster.pdf", views.post_poster_paper, name="post_poster_paper"),
    path("recruiting/<int:pk>/suggestions/", views.post_suggestions, name="post_suggestions"),
    path("recruiting/<int:pk>/application/", views.post_application, name="post_application"),
    path(
        "recruiting/applications/<int:pk>/",
        views.post_application_detail,
        name="post_application_detail",
    ),
    path(
        "recruiting/applications/<int:pk>/shortlist/",
        views.post_application_shortlist,
        name="post_application_shortlist",
    ),
    path(
        "recruiting/applications/<int:pk>/acceptance/",
        views.post_application_acceptance,
        name="post_application_acceptance",
    ),
    path(
        "recruiting/applications/<int:pk>/refusal/",
        views.post_application_refusal,
        name="post_application_refusal",
    ),
    path(
        "recruiting/applications/<int:pk>/withdrawal/",
        views.post_application_withdrawal,
        name="post_application_withdrawal",
    ),
    path(
        "recruiting/applications/<int:pk>/offers/",
        views.post_application_offer,
        name="post_application_offer",
    ),
    path(
        "recruiting/applications/<int:pk>/agreement/",
        views.post_application_agreement,
        name="post_application_agreement",
    ),
]
