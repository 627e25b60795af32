from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RevenueConfig(AppConfig):
    name = "portal.revenue"
    label = "revenue"
    verbose_name = _("Revenue")

    def ready(self) -> None:
        from portal.parties.reference import register_reference
        from portal.revenue import imports, tables  # noqa: F401 - they announce themselves
        from portal.revenue.reference import load_feeds

        register_reference(load_feeds)
