from rest_framework.routers import SimpleRouter

from matchmaking.cooperation.api import CooperationViewSet

router = SimpleRouter()
router.register("cooperations", CooperationViewSet, basename="api-cooperation")
urlpatterns = router.urls
