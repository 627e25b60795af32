from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("fair", _("Fairs: seats, offers, cancellations"), events=("fair.",), is_urgent=True)
