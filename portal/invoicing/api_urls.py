from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.invoicing import api

router = SimpleRouter()
router.register("invoices-due", api.InvoiceDueViewSet, basename="api-invoice-due")
router.register("invoices", api.InvoiceViewSet, basename="api-invoice")
urlpatterns = [
    path("books/vouchers/", api.VouchersView.as_view(), name="api-vouchers"),
    path("ageing/", api.AgeingView.as_view(), name="api-ageing"),
    *router.urls,
]
