from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Each app says in this module what is found of it."""
        autodiscover_modules("findables")
        from portal.core import audit
        from portal.search.hearing import hear

        audit.listen(hear)
