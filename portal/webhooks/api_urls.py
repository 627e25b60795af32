from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.webhooks import api

router = SimpleRouter()
router.register("webhooks", api.WebhookViewSet, basename="api-webhook")
router.register("webhook-deliveries", api.DeliveryViewSet, basename="api-webhook-delivery")
urlpatterns = [
    path("webhook-events/", api.EventTypesView.as_view(), name="api-webhook-events"),
    *router.urls,
]
