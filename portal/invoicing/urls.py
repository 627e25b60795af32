from django.urls import path

from portal.invoicing import views

urlpatterns = [
    path("invoices/", views.invoice_list, name="invoice_list"),
    path("invoices/<uuid:pk>/", views.invoice_due_detail, name="invoice_due_detail"),
    path(
        "invoices/files/<uuid:pk>/acceptance/", views.invoice_acceptance, name="invoice_acceptance"
    ),
    path("invoices/files/<uuid:pk>/return/", views.invoice_return, name="invoice_return"),
    path("money/taxes/", views.tax_detail, name="tax_detail"),
    path("money/ageing/", views.ageing_list, name="ageing_list"),
    path("books/invoices/", views.invoice_register, name="invoice_register"),
    path("books/identities/", views.identity_report, name="identity_report"),
    path("books/vouchers/", views.voucher_list, name="voucher_list"),
    path("books/ageing/", views.ageing_register, name="ageing_register"),
    path("books/ageing/balances/", views.balance_register, name="balance_register"),
]
