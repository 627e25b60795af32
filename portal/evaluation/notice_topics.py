"""What parties are told of the evaluation."""

from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("evaluation", _("Methods and ratings"), events=("method.", "rating."))
register_topic(
    "rating",
    _("Own rating: appeals and improvement plans"),
    events=("rating_appeal.", "plan."),
    is_urgent=True,
)
