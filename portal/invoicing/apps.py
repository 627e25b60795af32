from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvoicingConfig(AppConfig):
    name = "portal.invoicing"
    label = "invoicing"
    verbose_name = _("Tax, invoices and vouchers")

    def ready(self) -> None:
        # from portal.invoicing import exports, files, tables
        from portal.invoicing import (  # noqa: F401 - each registers
            exports,
            files,
            personal,
            statement_taxes,
            tables,
        )
        from portal.invoicing.reference import load_invoicing
        from portal.parties.reference import register_reference

        register_reference(load_invoicing)
