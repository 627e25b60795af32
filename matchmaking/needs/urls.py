from django.urls import path

from matchmaking.needs import views

urlpatterns = [
    path("operations/exposure/", views.exposure_detail, name="exposure_detail"),
    path("needs/", views.need_list, name="need_list"),
    path("needs/new/", views.need_create, name="need_create"),
    path("needs/losses/", views.loss_report, name="loss_report"),
    path("needs/autosave/", views.need_autosave, name="need_autosave"),
    path("needs/unfinished/<uuid:draft_id>/", views.need_draft, name="need_draft"),
    path(
        "needs/unfinished/<uuid:draft_id>/removal/",
        views.need_draft_removal,
        name="need_draft_removal",
    ),
    path(
        "needs/templates/<int:pk>/removal/",
        views.need_template_removal,
        name="need_template_removal",
    ),
    path("needs/<int:pk>/template/", views.need_template, name="need_template"),
    path("needs/<int:pk>/", views.need_detail, name="need_detail"),
    path("needs/<int:pk>/edit/", views.need_edit, name="need_edit"),
    path("needs/<int:pk>/publication/", views.need_publication, name="need_publication"),
    path("needs/<int:pk>/cancellation/", views.need_cancellation, name="need_cancellation"),
    path("needs/<int:pk>/extension/", views.need_extension, name="need_extension"),
    path("needs/<int:pk>/reopening/", views.need_reopening, name="need_reopening"),
    path("needs/<int:pk>/questions/", views.need_question, name="need_question"),
    path("questions/<int:pk>/answer/", views.question_answer, name="question_answer"),
    path("needs/<int:pk>/candidates/", views.need_candidates, name="need_candidates"),
    path("needs/<int:pk>/invitations/", views.need_invitation, name="need_invitation"),
    path("needs/<int:pk>/proposal/", views.proposal_edit, name="proposal_edit"),
    path("service-offers/", views.service_offer_list, name="service_offer_list"),
    path("service-offers/new/", views.service_offer_create, name="service_offer_create"),
    path("service-offers/<int:pk>/", views.service_offer_detail, name="service_offer_detail"),
    path("service-offers/<int:pk>/edit/", views.service_offer_edit, name="service_offer_edit"),
    path(
        "service-offers/<int:pk>/showing/",
        views.service_offer_showing,
        name="service_offer_showing",
    ),
    path(
        "service-offers/<int:pk>/hiding/", views.service_offer_hiding, name="service_offer_hiding"
    ),
    path("service-offers/<int:pk>/orders/", views.service_offer_order, name="service_offer_order"),
    path("proposals/<int:pk>/", views.proposal_detail, name="proposal_detail"),
    path("proposals/<int:pk>/shortlist/", views.proposal_shortlist, name="proposal_shortlist"),
    path("messages/", views.message_list, name="message_list"),
    path("messages/<uuid:message_id>/report/", views.message_report, name="message_report"),
    path("blocks/<int:pk>/lifting/", views.block_lift, name="block_lift"),
    path("proposals/<int:pk>/messages/", views.proposal_messages, name="proposal_messages"),
    path("proposals/<int:pk>/block/", views.proposal_block, name="proposal_block"),
    path("proposals/<int:pk>/offers/", views.proposal_offer, name="proposal_offer"),
    path("proposals/<int:pk>/agreement/", views.proposal_agreement, name="proposal_agreement"),
    path("proposals/<int:pk>/acceptance/", views.proposal_acceptance, name="proposal_acceptance"),
    path("proposals/<int:pk>/refusal/", views.proposal_refusal, name="proposal_refusal"),
    path("proposals/<int:pk>/withdrawal/", views.proposal_withdrawal, name="proposal_withdrawal"),
]
