from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "training.courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from training.courses import files, tables  # noqa: F401 - each registers
