from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("frameworks", _("Annual frameworks"), events=("framework.",), is_urgent=True)
register_topic("stars", _("Stars of agencies"), events=("stars.",), is_urgent=True)
register_topic("certification", _("Top-100 mark"), events=("certification.",), is_urgent=True)
