from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "bill",
    _("Bills: raised, shown as paid, found, late"),
    events=("bill.",),
    is_required=True,
    is_urgent=True,
)
register_topic(
    "agreement",
    _("Agreements: proposals, answers, what comes into force"),
    events=("agreement.",),
    is_required=True,
    is_urgent=True,
)
