from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from portal.celery import app as celery_app  # tasks bind to it; here, so that the stack needs none

__all__ = ["CoreConfig", "TrilinkAdminConfig", "celery_app"]


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = _("Platform")
    default = True

    def ready(self) -> None:
        """Each app says in these modules what files, imports, exports and lookups it knows, and
        what its audit verbs mean."""
        autodiscover_modules("files", "imports", "exports", "lookups", "verbs")


class TrilinkAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "portal.core.operators.OperatorSite"
