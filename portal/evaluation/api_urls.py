from rest_framework.routers import SimpleRouter

from portal.evaluation import api

router = SimpleRouter()
router.register("facts", api.FactViewSet, basename="api-fact")
router.register("methods", api.MethodViewSet, basename="api-method")
router.register("snapshots", api.SnapshotViewSet, basename="api-snapshot")
router.register("ratings", api.RatingViewSet, basename="api-rating")
router.register("rating-appeals", api.RatingAppealViewSet, basename="api-rating-appeal")
router.register("filed-appeals", api.FiledAppealViewSet, basename="api-filed-appeal")
router.register("improvement-plans", api.PlanViewSet, basename="api-plan")

urlpatterns = router.urls
