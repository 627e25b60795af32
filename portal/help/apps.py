from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    name = "portal.help"
    label = "help"
    verbose_name = _("Help")

    def ready(self) -> None:
        from portal.help import files  # noqa: F401 - registers the pictures' purpose
        from portal.help.reference import load_help
        from portal.parties.reference import register_reference

        register_reference(load_help)
