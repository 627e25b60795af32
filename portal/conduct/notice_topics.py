from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "conduct",
    _("Cases of conduct against my party"),
    events=("conduct.",),
    is_required=True,
    is_urgent=True,
)
register_topic("conduct_report", _("What became of my reports"), events=("conduct_report.",))
