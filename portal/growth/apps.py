from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrowthConfig(AppConfig):
    name = "portal.growth"
    label = "growth"
    verbose_name = _("Growth of creators and providers")

    def ready(self) -> None:
        from portal.growth import offers, tables  # noqa: F401 - each registers
        from portal.growth.reference import load_growth_rules
        from portal.parties.reference import register_reference

        register_reference(load_growth_rules)
