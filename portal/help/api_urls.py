from rest_framework.routers import SimpleRouter

from portal.help import api

router = SimpleRouter()
router.register("tickets", api.TicketViewSet, basename="api-ticket")
urlpatterns = router.urls
