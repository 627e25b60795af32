from rest_framework.routers import SimpleRouter

from portal.moderation import api

router = SimpleRouter()
router.register("moderation-cases", api.CaseViewSet, basename="api-case")
urlpatterns = router.urls
