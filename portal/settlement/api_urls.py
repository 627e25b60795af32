from rest_framework.routers import SimpleRouter

from portal.settlement import api

router = SimpleRouter()
router.register("settlements", api.RunViewSet, basename="api-settlement")
router.register("statements", api.StatementViewSet, basename="api-statement")
router.register("balances-below-zero", api.BelowZeroViewSet, basename="api-below-zero")
router.register("line-disputes", api.LineDisputeViewSet, basename="api-line-dispute")
router.register("corrections", api.AdjustmentViewSet, basename="api-correction")
urlpatterns = router.urls
