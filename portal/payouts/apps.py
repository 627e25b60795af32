from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PayoutsConfig(AppConfig):
    name = "portal.payouts"
    label = "payouts"
    verbose_name = _("Payouts")

    def ready(self) -> None:
        from portal.parties.reference import register_reference
        from portal.payouts import boxes, causes, imports, tables  # noqa: F401 - each registers
        from portal.payouts.reference import load_payouts

        register_reference(load_payouts)
