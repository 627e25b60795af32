from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChoosingConfig(AppConfig):
    name = "matchmaking.choosing"
    label = "choosing"
    verbose_name = _("Choosing among proposals")
