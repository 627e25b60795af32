"""What parties are told of the evaluation."""

from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("evaluation", _("Methods and ratings"), events=("method.", "rating."))
