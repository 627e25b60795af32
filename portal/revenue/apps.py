from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RevenueConfig(AppConfig):
    name = "portal.revenue"
    label = "revenue"
    verbose_name = _("Revenue")

    def ready(self) -> None:
        from portal.parties.reference import register_reference

        # They announce themselves.
        from portal.revenue import (  # noqa: F401 - each registers
            bank_imports,
            bill_facts,
            causes,
            facts,
            files,
            imports,
            selectors,
            tables,
        )
        from portal.revenue.reference import load_feeds

        register_reference(load_feeds)
