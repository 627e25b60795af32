from django.utils.translation import gettext_lazy as _

from portal.notices.topics import register_topic

register_topic("searches", _("New in my saved searches"), events=("search_newcomers",))
