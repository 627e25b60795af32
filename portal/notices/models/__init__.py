from portal.notices.models.announcement import (
    Announcement,
    AnnouncementDismissal,
)
from portal.notices.models.bot import (
    MANAGING,
    ChatBot,
)
from portal.notices.models.choice import (
    NoticeChoice,
)
from portal.notices.models.delivery import (
    Delivery,
)
from portal.notices.models.digest import (
    Digest,
)
from portal.notices.models.notice import (
    Notice,
)
from portal.notices.models.visit import (
    Visit,
)

__all__ = [
    "MANAGING",
    "Announcement",
    "AnnouncementDismissal",
    "ChatBot",
    "Delivery",
    "Digest",
    "Notice",
    "NoticeChoice",
    "Visit",
]
