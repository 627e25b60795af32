from rest_framework.routers import SimpleRouter

from portal.recruitment import api

router = SimpleRouter()
router.register("recruitment-rounds", api.RoundViewSet, basename="api-round")
router.register("recruitment-applications", api.ApplicationViewSet, basename="api-application")
urlpatterns = router.urls
