from django.urls import path

from portal.evaluation import views

urlpatterns = [
    path("evaluation/facts/", views.fact_list, name="fact_list"),
    path("evaluation/facts/<int:pk>/", views.fact_detail, name="fact_detail"),
    path("method/", views.method_list, name="method_list"),
    path("method/<slug:code>/<str:version>/", views.method_detail, name="method_detail"),
    path("method/<slug:code>/<str:version>/changes/", views.method_changes, name="method_changes"),
    path(
        "method/<slug:code>/<str:version>/document.json",
        views.method_document,
        name="method_document",
    ),
    path(
        "method/<slug:code>/<str:version>/gathering.json",
        views.method_gathering,
        name="method_gathering",
    ),
    path(
        "method/<slug:code>/<str:version>/<slug:name>.csv",
        views.method_data,
        name="method_data",
    ),
    path("snapshots/", views.snapshot_list, name="snapshot_list"),
    path("snapshots/<int:pk>/", views.snapshot_detail, name="snapshot_detail"),
    path("evaluation/coverage/", views.evidence_detail, name="evidence_detail"),
    path("evaluation/", views.evaluation_detail, name="evaluation_detail"),
    path("evaluation/what-if/", views.what_if, name="what_if"),
    path("evaluation/appeals/", views.rating_appeal_list, name="rating_appeal_list"),
    path(
        "evaluation/ratings/<int:pk>/appeal/",
        views.rating_appeal_create,
        name="rating_appeal_create",
    ),
    path("evaluation/appeals/<uuid:pk>/", views.rating_appeal_detail, name="rating_appeal_detail"),
    path(
        "evaluation/appeals/<uuid:pk>/withdrawal/",
        views.rating_appeal_withdrawal,
        name="rating_appeal_withdrawal",
    ),
    path("evaluation/plans/", views.plan_list, name="plan_list"),
    path("evaluation/plans/new/", views.plan_create, name="plan_create"),
    path("evaluation/plans/<uuid:pk>/", views.plan_detail, name="plan_detail"),
    path("evaluation/plans/<uuid:pk>/edit/", views.plan_edit, name="plan_edit"),
    path("evaluation/plans/<uuid:pk>/signature/", views.plan_signature, name="plan_signature"),
    path("evaluation/plans/<uuid:pk>/return/", views.plan_return, name="plan_return"),
    path("evaluation/plans/<uuid:pk>/withdrawal/", views.plan_withdrawal, name="plan_withdrawal"),
    path(
        "evaluation/plans/<uuid:pk>/items/<uuid:item_pk>/report/",
        views.plan_item_report,
        name="plan_item_report",
    ),
]
