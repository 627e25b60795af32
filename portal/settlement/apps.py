from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SettlementConfig(AppConfig):
    name = "portal.settlement"
    label = "settlement"
    verbose_name = _("Settlement")

    def ready(self) -> None:
        from portal.settlement import causes, exports, money_todos, tables  # noqa: F401 - they register
