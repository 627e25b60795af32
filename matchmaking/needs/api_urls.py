from rest_framework.routers import SimpleRouter

from matchmaking.needs import api

router = SimpleRouter()
router.register("needs", api.NeedViewSet, basename="api-need")
router.register("proposals", api.ProposalViewSet, basename="api-proposal")
urlpatterns = router.urls
