from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("class", _("Messages of who teaches your courses"), events=("class.",))
