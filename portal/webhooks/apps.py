from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "portal.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """Each app says in this module what machines are told of."""
        autodiscover_modules("webhook_events")
        from portal.core import audit
        from portal.webhooks.hearing import hear

        audit.listen(hear)
