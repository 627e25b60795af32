from rest_framework.routers import SimpleRouter

from matchmaking.cooperation import api

router = SimpleRouter()
router.register("cooperations", api.CooperationViewSet, basename="api-cooperation")
router.register("obligations", api.ObligationViewSet, basename="api-obligation")
router.register("amendments", api.AmendmentViewSet, basename="api-amendment")
router.register("reviews", api.ReviewViewSet, basename="api-review")
urlpatterns = router.urls
