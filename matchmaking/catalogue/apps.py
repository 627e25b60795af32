from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "matchmaking.catalogue"
    label = "catalogue"
    verbose_name = _("Product pool")

    def ready(self) -> None:
        from matchmaking.catalogue import (  # noqa: F401 - they register
            bank_claims,
            causes,
            files,
            imports,
            orders,
            tables,
        )
        from matchmaking.catalogue.reference import load_prizes
        from matchmaking.catalogue.services import refresh_product_picture
        from portal.moderation.services import register_outcome
        from portal.parties.reference import register_reference

        register_reference(load_prizes)
        register_outcome("catalogue.productpicture", refresh_product_picture)
