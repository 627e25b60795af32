from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    name = "portal.help"
    label = "help"
    verbose_name = _("Help")

    def ready(self) -> None:
        from portal.help import files  # noqa: F401, PLC0415 - registers the pictures' purpose
        from portal.help.reference import load_help  # noqa: PLC0415
        from portal.parties.reference import register_reference  # noqa: PLC0415

        register_reference(load_help)
