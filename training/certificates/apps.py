from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "training.certificates"
    label = "certificates"
    verbose_name = _("Certificates of courses")

    def ready(self) -> None:
        from training.certificates import steps, tables  # noqa: F401 - registers
        from training.certificates.services import finishing  # noqa: F401 - registers
