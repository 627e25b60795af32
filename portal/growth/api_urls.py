from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.growth import api

router = SimpleRouter()
router.register("growth-rules", api.GrowthRulesViewSet, basename="api-growth-rules")
router.register("growth-lines", api.LineStandingViewSet, basename="api-growth-line")
urlpatterns = [
    *router.urls,
    path("growth-benefits/", api.OwnBenefitsView.as_view(), name="api-growth-benefits"),
]
