from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RewardsConfig(AppConfig):
    name = "portal.rewards"
    label = "rewards"
    verbose_name = _("Tasks and rewards")

    def ready(self) -> None:
        from portal.rewards import causes, facts, finding, remedies  # noqa: F401 - each registers
