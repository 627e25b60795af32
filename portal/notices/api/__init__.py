from portal.notices.api.announcements import (
    AnnouncementViewSet,
)
from portal.notices.api.bots import (
    BotViewSet,
    DeliveryViewSet,
)
from portal.notices.api.choices import (
    ChoicesView,
)
from portal.notices.api.notices import (
    NoticeViewSet,
)

__all__ = [
    "AnnouncementViewSet",
    "BotViewSet",
    "ChoicesView",
    "DeliveryViewSet",
    "NoticeViewSet",
]
