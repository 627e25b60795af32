from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("marking", _("Works of courses that wait for your mark"), events=("marking.",))
