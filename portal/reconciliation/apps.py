from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReconciliationConfig(AppConfig):
    name = "portal.reconciliation"
    label = "reconciliation"
    verbose_name = _("Reconciliation")

    def ready(self) -> None:
        # They announce themselves.
        from portal.reconciliation import (  # noqa: F401 - each registers
            bills,
            imports,
            payouts,
            tables,
        )
