from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TiersConfig(AppConfig):
    name = "portal.tiers"
    label = "tiers"
    verbose_name = _("Star tiers")

    def ready(self) -> None:
        from portal.parties.reference import register_reference
        from portal.tiers import (
            files,  # noqa: F401 - registers the evidence's purpose
            services,  # noqa: F401 - publishes stars with the directory
            settling,  # noqa: F401 - says what frameworks' months came to
        )
        from portal.tiers.reference import load_certification_method, load_star_rules

        register_reference(load_star_rules)
        register_reference(load_certification_method)
