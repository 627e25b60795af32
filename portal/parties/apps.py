from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    name = "portal.parties"
    label = "parties"
    verbose_name = _("Parties")

    def ready(self) -> None:
        """Each app says in these modules what it holds of a person, what keeps a party open, and
        for whom a member may work, what becomes of it when two parties become one, and what
        follows reference data, and the first steps of a party."""
        modules = ("personal", "profile_personal", "scopes", "merging", "refreshing", "onboarding")
        autodiscover_modules(*modules)
        from portal.moderation.services import register_outcome
        from portal.parties import holding, tables  # noqa: F401 - the second registers
        from portal.parties.services import refresh_picture

        register_outcome("parties.party", holding.refresh_hold)
        register_outcome("parties.clientcase", holding.refresh_case_hold)
        register_outcome("parties.merchantprofile", holding.refresh_brands_hold)
        register_outcome("parties.partypicture", refresh_picture)
