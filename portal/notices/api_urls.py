from rest_framework.routers import SimpleRouter

from portal.notices.api import NoticeViewSet

router = SimpleRouter()
router.register("notices", NoticeViewSet, basename="api-notice")
urlpatterns = router.urls
