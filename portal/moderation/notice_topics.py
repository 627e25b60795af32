from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "moderation", _("Decisions on what I wrote"), events=("moderation.",), is_required=True
)
