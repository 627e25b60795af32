from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "matchmaking.needs"
    label = "needs"
    verbose_name = _("Service needs")

    def ready(self) -> None:
        from matchmaking.needs import (  # noqa: F401 - they register
            approaches,
            doors,
            files,
            kept_apart,
            suits,
            tables,
        )
        from matchmaking.needs.reference import load_templates
        from portal.parties.reference import register_reference

        register_reference(load_templates)
