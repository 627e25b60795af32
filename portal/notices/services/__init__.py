from portal.notices.services.announcements import (
    change_announcement,
    dismiss_announcement,
    end_announcement,
    publish_announcement,
)
from portal.notices.services.bots import (
    end_bot,
    end_bots_of_party,
    make_bot,
)
from portal.notices.services.choices import (
    choose_notices,
    default_wish,
    unsubscribe,
)
from portal.notices.services.deliveries import (
    end_delivery,
    prune_deliveries,
    send_test,
)
from portal.notices.services.digests import (
    send_digests,
)
from portal.notices.services.notices import (
    Named,
    in_both,
    notify,
    notify_many,
    read_all_notices,
    read_notice,
)
from portal.notices.services.visits import (
    bring_visit,
    last_seen,
    note_visit,
    see_changes,
)

__all__ = [
    "Named",
    "bring_visit",
    "change_announcement",
    "choose_notices",
    "default_wish",
    "dismiss_announcement",
    "end_announcement",
    "end_bot",
    "end_bots_of_party",
    "end_delivery",
    "in_both",
    "last_seen",
    "make_bot",
    "note_visit",
    "notify",
    "notify_many",
    "prune_deliveries",
    "publish_announcement",
    "read_all_notices",
    "read_notice",
    "see_changes",
    "send_digests",
    "send_test",
    "unsubscribe",
]
