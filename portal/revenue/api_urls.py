from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.revenue import api

router = SimpleRouter()
router.register("agreements", api.AgreementViewSet, basename="api-agreement")
router.register("agreement-versions", api.AgreementVersionViewSet, basename="api-agreement-version")
router.register("order-feeds", api.FeedViewSet, basename="api-order-feed")
router.register("order-lines", api.OrderLineViewSet, basename="api-order-line")
router.register("bills", api.BillViewSet, basename="api-bill")
router.register("signers", api.SignerViewSet, basename="api-signer")
urlpatterns = [
    path("agreement-preview/", api.AgreementPreviewView.as_view(), name="api-agreement-preview"),
    path("order-events/", api.OrderEventsView.as_view(), name="api-order-events"),
    path("order-totals/", api.OrderTotalsView.as_view(), name="api-order-totals"),
    path("order-completeness/", api.OrderCompletenessView.as_view(), name="api-order-completeness"),
    *router.urls,
]
