from matchmaking.fairs.views.day import (
    badge_detail,
    fair_desk,
    sign_up_arrival,
    sign_up_badge,
    sign_up_outcome,
)
from matchmaking.fairs.views.fairs import fair_detail, fair_list
from matchmaking.fairs.views.plans import (
    fair_plan,
    fair_planning,
    meeting_fixing,
    plan_publication,
    sign_up_wishes,
)
from matchmaking.fairs.views.returns import (
    fair_report,
    meeting_cooperation,
)
from matchmaking.fairs.views.running import (
    fair_cancellation,
    fair_code,
    fair_create,
    fair_edit,
    fair_guest,
    fair_people,
    fair_publication,
    sign_up_acceptance,
    sign_up_refusal,
)
from matchmaking.fairs.views.signups import (
    sign_up_create,
    sign_up_detail,
    sign_up_seat,
    sign_up_withdrawal,
)

__all__ = [
    "badge_detail",
    "fair_cancellation",
    "fair_code",
    "fair_create",
    "fair_desk",
    "fair_detail",
    "fair_edit",
    "fair_guest",
    "fair_list",
    "fair_people",
    "fair_plan",
    "fair_planning",
    "fair_publication",
    "fair_report",
    "meeting_cooperation",
    "meeting_fixing",
    "plan_publication",
    "sign_up_acceptance",
    "sign_up_arrival",
    "sign_up_badge",
    "sign_up_create",
    "sign_up_detail",
    "sign_up_outcome",
    "sign_up_refusal",
    "sign_up_seat",
    "sign_up_wishes",
    "sign_up_withdrawal",
]
