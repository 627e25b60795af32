from django.urls import path

from portal.revenue import views

urlpatterns = [
    path("orders/", views.order_list, name="order_list"),
    path("orders/all/", views.order_register, name="order_register"),
    path("orders/completeness/", views.order_completeness, name="order_completeness"),
    path("orders/<int:pk>/", views.order_line_detail, name="order_line_detail"),
    path("agreements/", views.agreement_list, name="agreement_list"),
    path("agreements/parties/<int:pk>/new/", views.agreement_create, name="agreement_create"),
    path("agreements/<uuid:pk>/", views.agreement_detail, name="agreement_detail"),
    path(
        "agreements/<uuid:pk>/versions/new/",
        views.agreement_version_create,
        name="agreement_version_create",
    ),
    path(
        "agreement-versions/<uuid:pk>/counter/",
        views.agreement_version_counter,
        name="agreement_version_counter",
    ),
    path(
        "agreement-versions/<uuid:pk>/acceptance/",
        views.agreement_version_acceptance,
        name="agreement_version_acceptance",
    ),
    path(
        "agreement-versions/<uuid:pk>/refusal/",
        views.agreement_version_refusal,
        name="agreement_version_refusal",
    ),
    path(
        "agreement-versions/<uuid:pk>/withdrawal/",
        views.agreement_version_withdrawal,
        name="agreement_version_withdrawal",
    ),
    path(
        "agreement-versions/<uuid:pk>/paper/",
        views.agreement_version_paper,
        name="agreement_version_paper",
    ),
]
