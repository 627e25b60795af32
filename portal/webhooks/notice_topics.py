from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("machines", _("Webhooks that fail"), events=("webhook.",))
