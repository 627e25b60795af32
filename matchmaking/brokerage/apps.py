from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrokerageConfig(AppConfig):
    name = "matchmaking.brokerage"
    label = "brokerage"
    verbose_name = _("Brokerage")

    def ready(self) -> None:
        # Each registers what it knows: its files' purpose, and whom the platform represents.
        from matchmaking.brokerage import files, rules  # noqa: F401
