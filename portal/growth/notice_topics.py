from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("growth", _("Levels of creators"), events=("growth.",))
