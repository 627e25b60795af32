from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "matchmaking.cooperation"
    label = "cooperation"
    verbose_name = _("Cooperations")

    def ready(self) -> None:
        from matchmaking.cooperation import files, places, steps, tables  # noqa: F401 - register
        from matchmaking.cooperation.reference import load_agreement_templates
        from matchmaking.cooperation.services import refresh_review
        from portal.moderation.services import register_outcome
        from portal.parties.reference import register_reference

        register_outcome("cooperation.review", refresh_review)
        register_reference(load_agreement_templates)
