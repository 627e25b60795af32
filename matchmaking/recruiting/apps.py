from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecruitingConfig(AppConfig):
    name = "matchmaking.recruiting"
    label = "recruiting"
    verbose_name = _("Recruiting posts")

    def ready(self) -> None:
        from matchmaking.recruiting import door, tables  # noqa: F401 - they register
