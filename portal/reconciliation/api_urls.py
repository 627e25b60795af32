from rest_framework.routers import SimpleRouter

from portal.reconciliation import api

router = SimpleRouter()
router.register("reconciled-days", api.DayViewSet, basename="api-reconciled-day")
router.register("differences", api.DifferenceViewSet, basename="api-difference")
urlpatterns = router.urls
