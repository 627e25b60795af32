from django.urls import path
from rest_framework.routers import SimpleRouter

from portal.notices import api

router = SimpleRouter()
router.register("announcements", api.AnnouncementViewSet, basename="api-announcement")
router.register("notices", api.NoticeViewSet, basename="api-notice")
router.register("chat-bots", api.BotViewSet, basename="api-bot")
router.register("messages-sent", api.DeliveryViewSet, basename="api-delivery")
urlpatterns = [
    path("notice-choices/", api.ChoicesView.as_view(), name="api-notice-choices"),
    *router.urls,
]
