from rest_framework.routers import SimpleRouter

from matchmaking.fairs import api

router = SimpleRouter()
router.register("fairs", api.FairViewSet, basename="api-fair")
router.register("fair-signups", api.SignUpViewSet, basename="api-sign-up")
urlpatterns = router.urls
