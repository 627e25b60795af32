from django.urls import path

from matchmaking.cooperation import views

STEPS = (
    ("contact/", views.cooperation_contact, "cooperation_contact"),
    ("pause/", views.cooperation_pause, "cooperation_pause"),
    ("resumption/", views.cooperation_resumption, "cooperation_resumption"),
    ("ending/", views.cooperation_ending, "cooperation_ending"),
    ("ending/withdrawal/", views.cooperation_ending_withdrawal, "cooperation_ending_withdrawal"),
    ("completion/", views.cooperation_completion, "cooperation_completion"),
    (
        "completion/withdrawal/",
        views.cooperation_completion_withdrawal,
        "cooperation_completion_withdrawal",
    ),
    ("obligations/new/", views.obligation_create, "obligation_create"),
    ("amendments/new/", views.amendment_create, "amendment_create"),
    ("disputes/new/", views.dispute_create, "dispute_create"),
    ("review/", views.review_create, "review_create"),
    ("template/", views.cooperation_template, "cooperation_template"),
)
OBLIGATIONS = (
    ("acceptance", views.obligation_acceptance),
    ("refusal", views.obligation_refusal),
    ("finish", views.obligation_finish),
    ("confirmation", views.obligation_confirmation),
    ("return", views.obligation_return),
    ("waiver", views.obligation_waiver),
)
AMENDMENTS = (
    ("acceptance", views.amendment_acceptance),
    ("counter", views.amendment_counter),
    ("refusal", views.amendment_refusal),
    ("withdrawal", views.amendment_withdrawal),
)

DISPUTES = (
    ("statements", views.dispute_statement, "dispute_statement"),
    ("withdrawal", views.dispute_withdrawal, "dispute_withdrawal"),
    ("appeal", views.dispute_appeal, "dispute_appeal"),
    ("decision", views.dispute_decision, "dispute_decision"),
)

urlpatterns = [
    path("disputes/", views.dispute_register, name="dispute_register"),
    path("disputes/<uuid:pk>/", views.dispute_detail, name="dispute_detail"),
    *(path(f"disputes/<uuid:pk>/{end}/", view, name=name) for end, view, name in DISPUTES),
    path("agreement-templates/", views.agreement_template_list, name="agreement_template_list"),
    path(
        "agreement-templates/new/",
        views.agreement_template_create,
        name="agreement_template_create",
    ),
    path(
        "agreement-templates/<uuid:template_id>/",
        views.agreement_template_edit,
        name="agreement_template_edit",
    ),
    path(
        "agreement-templates/<uuid:template_id>/removal/",
        views.agreement_template_removal,
        name="agreement_template_removal",
    ),
    path("cooperations/", views.cooperation_list, name="cooperation_list"),
    path("cooperations/returns/", views.return_list, name="return_list"),
    path("operations/returns/", views.return_register, name="return_register"),
    path("cooperations/with/<int:party>/", views.cooperation_create, name="cooperation_create"),
    path("cooperations/all/", views.cooperation_register, name="cooperation_register"),
    path("cooperations/<int:pk>/", views.cooperation_detail, name="cooperation_detail"),
    *(path(f"cooperations/<int:pk>/{end}", view, name=name) for end, view, name in STEPS),
    *(
        path(f"obligations/<uuid:pk>/{end}/", view, name=f"obligation_{end}")
        for end, view in OBLIGATIONS
    ),
    *(
        path(f"amendments/<uuid:pk>/{end}/", view, name=f"amendment_{end}")
        for end, view in AMENDMENTS
    ),
    path(
        "cooperations/<int:pk>/versions/<int:number>/paper/",
        views.cooperation_paper,
        name="cooperation_paper",
    ),
    path("papers/", views.paper_check, name="paper_check"),
    path("reviews/<uuid:pk>/answer/", views.review_answer, name="review_answer"),
]
