from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContentConfig(AppConfig):
    name = "matchmaking.content"
    label = "content"
    verbose_name = _("Content orders")

    def ready(self) -> None:
        from matchmaking.content import doors, facts, files, merging  # noqa: F401 - each registers
