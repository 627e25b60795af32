from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.payouts import api

router = SimpleRouter(use_regex_path=False)
router.register("payout-batches", api.BatchViewSet, basename="api-payout-batch")
router.register("payouts", api.PayoutViewSet, basename="api-payout")
router.register("payout-requests", api.PayoutRequestViewSet, basename="api-payout-request")
urlpatterns = [
    path("payouts/standing/", api.StandingView.as_view(), name="api-payout-standing"),
    path("payouts/consent/", api.ConsentView.as_view(), name="api-payout-consent"),
    path("payouts/trials/<uuid:pk>/", api.TrialView.as_view(), name="api-payout-trial"),
    *router.urls,
]
