from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic(
    "recruitment", _("Recruitment of providers"), events=("recruitment.",), is_urgent=True
)
