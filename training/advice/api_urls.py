from rest_framework.routers import SimpleRouter

from training.advice import api

router = SimpleRouter()
router.register("handbook", api.HandbookViewSet, basename="api-handbook")
router.register("advisers", api.AdviserViewSet, basename="api-adviser")
router.register("adviser-slots", api.SlotViewSet, basename="api-adviser-slot")
router.register("adviser-bookings", api.BookingViewSet, basename="api-adviser-booking")
urlpatterns = router.urls
