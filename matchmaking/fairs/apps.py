from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FairsConfig(AppConfig):
    name = "matchmaking.fairs"
    label = "fairs"
    verbose_name = _("Fairs")

    def ready(self) -> None:
        from matchmaking.fairs import door, star_seats, steps  # noqa: F401 - register
        from matchmaking.fairs.services import telling  # noqa: F401 - registers
