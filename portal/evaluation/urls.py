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
]
