from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "invoice",
    _("Invoices: due, matched, returned, late"),
    events=("invoice.",),
    is_required=True,
)
