from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("terms", _("Changes of the terms"), events=("policies.",), is_required=True)
