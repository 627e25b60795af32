from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "portal.goals"
    label = "goals"
    verbose_name = _("Targets of the year")

    def ready(self) -> None:
        from portal.goals import tables  # noqa: F401 - registers the lists and their files
