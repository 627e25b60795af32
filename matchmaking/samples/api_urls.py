from rest_framework.routers import SimpleRouter

from matchmaking.samples import api

router = SimpleRouter()
router.register("samples", api.SampleViewSet, basename="api-sample")
urlpatterns = router.urls
