from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SamplesConfig(AppConfig):
    name = "matchmaking.samples"
    label = "samples"
    verbose_name = _("Samples")

    def ready(self) -> None:
        from matchmaking.samples import facts, personal  # noqa: F401 - each registers
