from django.urls import path

from portal.revenue import views

urlpatterns = [
    path("orders/", views.order_list, name="order_list"),
    path("orders/all/", views.order_register, name="order_register"),
    path("orders/completeness/", views.order_completeness, name="order_completeness"),
    path("orders/headers/", views.feed_list, name="feed_list"),
    path("orders/headers/<slug:pk>/", views.feed_headers, name="feed_headers"),
    path(
        "orders/headers/<slug:pk>/deletion/",
        views.feed_headers_deletion,
        name="feed_headers_deletion",
    ),
    path("orders/events/<int:pk>/", views.order_event_detail, name="order_event_detail"),
    path("orders/<int:pk>/", views.order_line_detail, name="order_line_detail"),
    path("bills/", views.bill_list, name="bill_list"),
    path("bills/<uuid:pk>/", views.bill_detail, name="bill_detail"),
    path(
        "bills/<uuid:pk>/invoice-request/", views.bill_invoice_request, name="bill_invoice_request"
    ),
    path("bills/<uuid:pk>/invoice/", views.bill_invoice, name="bill_invoice"),
    path("bills/<uuid:pk>/proof/", views.bill_proof, name="bill_proof"),
    path("bills/<uuid:pk>/waiver/", views.bill_waiver, name="bill_waiver"),
    path("bills/<uuid:pk>/receipt/", views.bill_receipt, name="bill_receipt"),
    path("bills/<uuid:pk>/return/", views.bill_return, name="bill_return"),
    path("agreements/", views.agreement_list, name="agreement_list"),
    path("agreements/signers/", views.signer_list, name="signer_list"),
    path("agreements/signers/new/", views.signer_create, name="signer_create"),
    path("agreements/signers/<int:pk>/ending/", views.signer_ending, name="signer_ending"),
    path("agreements/parties/<int:pk>/new/", views.agreement_create, name="agreement_create"),
    path("agreements/<uuid:pk>/", views.agreement_detail, name="agreement_detail"),
    path("agreements/<uuid:pk>/calls/<path:code>/", views.agreement_call, name="agreement_call"),
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
        "agreement-versions/<uuid:pk>/seal/",
        views.agreement_version_seal,
        name="agreement_version_seal",
    ),
    path(
        "agreement-versions/<uuid:pk>/esign/",
        views.agreement_version_esign,
        name="agreement_version_esign",
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
