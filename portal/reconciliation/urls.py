from django.urls import path

from portal.reconciliation import views

urlpatterns = [
    path("reconciliation/", views.reconciliation_month, name="reconciliation_month"),
    path(
        "reconciliation/differences/",
        views.reconciliation_differences,
        name="reconciliation_differences",
    ),
    path(
        "reconciliation/differences/resolution/",
        views.reconciliation_bulk,
        name="reconciliation_bulk",
    ),
    path(
        "reconciliation/differences/<int:pk>/",
        views.reconciliation_difference,
        name="reconciliation_difference",
    ),
    path(
        "reconciliation/differences/<int:pk>/resolution/",
        views.reconciliation_resolution,
        name="reconciliation_resolution",
    ),
    path(
        "reconciliation/differences/<int:pk>/reopening/",
        views.reconciliation_reopening,
        name="reconciliation_reopening",
    ),
    path(
        "reconciliation/differences/<int:pk>/match/",
        views.reconciliation_match,
        name="reconciliation_match",
    ),
    path(
        "reconciliation/differences/<int:pk>/matches/<int:match>/end/",
        views.reconciliation_match_end,
        name="reconciliation_match_end",
    ),
    path("reconciliation/days/<int:pk>/", views.reconciliation_day, name="reconciliation_day"),
    path(
        "reconciliation/days/<int:pk>/count/",
        views.reconciliation_count,
        name="reconciliation_count",
    ),
    path(
        "reconciliation/days/<int:pk>/list-drop/",
        views.reconciliation_list_drop,
        name="reconciliation_list_drop",
    ),
]
