from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "introductions", _("Introductions by the platform"), events=("introduction.",), is_urgent=True
)
