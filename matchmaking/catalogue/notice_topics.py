from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "products",
    _("Products, their plans, certificates and boards"),
    events=("product.", "certificate.", "board."),
)
register_topic(
    "deposits", _("Deposits and permission to share goods"), events=("deposit.",), is_urgent=True
)
