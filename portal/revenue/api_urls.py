from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.revenue import api

router = SimpleRouter()
router.register("agreements", api.AgreementViewSet, basename="api-agreement")
router.register("agreement-versions", api.AgreementVersionViewSet, basename="api-agreement-version")
router.register("order-lines", api.OrderLineViewSet, basename="api-order-line")
urlpatterns = [
    path("agreement-preview/", api.AgreementPreviewView.as_view(), name="api-agreement-preview"),
    *router.urls,
]
