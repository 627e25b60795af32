from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    name = "portal.activity"
    label = "activity"
    verbose_name = _("Daily figures")

    def ready(self) -> None:
        from portal.activity import tables  # noqa: F401 - it registers
