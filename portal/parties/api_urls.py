from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.parties import api

router = SimpleRouter()
router.register("parties", api.PartyViewSet, basename="api-party")

urlpatterns = [
    path("reference/", api.ReferenceView.as_view(), name="api-reference"),
    path("providers/<int:pk>/", api.ProviderView.as_view(), name="api-provider-detail"),
    *router.urls,
]
