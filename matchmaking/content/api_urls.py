from rest_framework.routers import SimpleRouter

from matchmaking.content import api

router = SimpleRouter()
router.register("content-orders", api.ContentOrderViewSet, basename="api-contentorder")
urlpatterns = router.urls
