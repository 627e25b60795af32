from rest_framework.routers import SimpleRouter

from portal.evaluation import api

router = SimpleRouter()
router.register("facts", api.FactViewSet, basename="api-fact")
router.register("methods", api.MethodViewSet, basename="api-method")
router.register("snapshots", api.SnapshotViewSet, basename="api-snapshot")

urlpatterns = router.urls
