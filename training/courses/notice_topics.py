from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("course", _("Courses: seats, offers, changes"), events=("course.",), is_urgent=True)
