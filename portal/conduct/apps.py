from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConductConfig(AppConfig):
    name = "portal.conduct"
    label = "conduct"
    verbose_name = _("Conduct")

    def ready(self) -> None:
        from portal.conduct.reference import load_rules
        from portal.parties.reference import register_reference

        register_reference(load_rules)
