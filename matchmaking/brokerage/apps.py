from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrokerageConfig(AppConfig):
    name = "matchmaking.brokerage"
    label = "brokerage"
    verbose_name = _("Brokerage")

    def ready(self) -> None:
        from matchmaking.brokerage import (  # noqa: F401 - each registers
            doors,
            files,
            reach,
            rules,
            tables,
        )
