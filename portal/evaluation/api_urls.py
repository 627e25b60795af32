from rest_framework.routers import SimpleRouter

from portal.evaluation import api

router = SimpleRouter()
router.register("facts", api.FactViewSet, basename="api-fact")

urlpatterns = router.urls
