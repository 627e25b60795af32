from django.utils.translation import gettext_lazy as _

from portal.notices.states import Mail
from portal.notices.topics import register_topic

register_topic("advice", _("Office hours of advisers"), events=("advice.",))
register_topic("handbook", _("The growth handbook"), events=("handbook.",), mail=Mail.DIGEST)
