from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "transfer",
    _("Payouts: what arrived, what the bank returned, trial transfers"),
    events=("transfer.",),
    is_required=True,
    is_urgent=True,
)
register_topic(
    "payout_request",
    _("Payouts that were asked for"),
    events=("payout_request.",),
)
