from django.utils.translation import gettext_lazy as _

from portal.notices.states import Mail
from portal.notices.topics import register_topic

register_topic(
    "recruiting", _("Recruiting posts and applications"), events=("recruiting.",), is_urgent=True
)
register_topic(
    "suggestions", _("Suggestions of the day"), events=("suggestion.",), mail=Mail.DIGEST
)
