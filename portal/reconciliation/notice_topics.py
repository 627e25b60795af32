from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("reconciliation", _("Days that are not complete"), events=("reconciliation.",))
