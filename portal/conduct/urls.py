from django.urls import path

from portal.conduct import views

urlpatterns = [
    path("conduct/", views.conduct_list, name="conduct_list"),
    path("conduct/rules/", views.conduct_rule_list, name="conduct_rule_list"),
    path(
        "conduct/parties/<int:pk>/report/",
        views.conduct_report_create,
        name="conduct_report_create",
    ),
    path(
        "conduct/reports/<uuid:public_id>/",
        views.conduct_report_detail,
        name="conduct_report_detail",
    ),
    path(
        "conduct/cases/<uuid:public_id>/",
        views.conduct_case_detail,
        name="conduct_case_detail",
    ),
    path(
        "conduct/cases/<uuid:public_id>/statement/",
        views.conduct_case_statement,
        name="conduct_case_statement",
    ),
    path(
        "conduct/cases/<uuid:public_id>/appeal/",
        views.conduct_case_appeal,
        name="conduct_case_appeal",
    ),
    path(
        "conduct/cases/<uuid:public_id>/appeal/withdrawal/",
        views.conduct_appeal_withdrawal,
        name="conduct_appeal_withdrawal",
    ),
    path(
        "conduct/actions/<uuid:pk>/evidence/",
        views.corrective_action_evidence,
        name="corrective_action_evidence",
    ),
]
