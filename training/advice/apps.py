from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdviceConfig(AppConfig):
    name = "training.advice"
    label = "advice"
    verbose_name = _("Handbook and advisers")

    def ready(self) -> None:
        from training.advice import benefits, personal, tables  # noqa: F401 - each registers
