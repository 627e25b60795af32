from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("rewards", _("Tasks and rewards"), events=("reward.",), is_urgent=False)
