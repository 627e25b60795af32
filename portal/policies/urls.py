from django.urls import path

from portal.policies import views

urlpatterns = [
    path("terms/", views.document_list, name="document_list"),
    path("terms/<slug:kind>/", views.document_detail, name="document_detail"),
    path("terms/<slug:kind>/<int:number>/", views.document_version, name="document_version"),
    path(
        "terms/<slug:kind>/<int:number>/changes/",
        views.document_changes,
        name="document_changes",
    ),
    path("fees/", views.fee_list, name="fee_list"),
    path("fees/proposals/", views.fee_proposal_list, name="fee_proposal_list"),
    path("fees/proposals/new/", views.fee_proposal_create, name="fee_proposal_create"),
    path(
        "fees/proposals/<int:pk>/approval/",
        views.fee_proposal_approval,
        name="fee_proposal_approval",
    ),
    path(
        "fees/proposals/<int:pk>/refusal/", views.fee_proposal_refusal, name="fee_proposal_refusal"
    ),
    path("rules/", views.dated_rule_list, name="dated_rule_list"),
    path("accounts/consents/", views.consent_list, name="consent_list"),
    path("accounts/consents/asked/", views.consent_ask, name="consent_ask"),
    path(
        "accounts/consents/<int:pk>/withdrawal/",
        views.consent_withdrawal,
        name="consent_withdrawal",
    ),
]
