from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "training.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from training.learning import (
            benefits,  # noqa: F401 - each registers
            facts,  # noqa: F401
            readers,  # noqa: F401
            steps,  # noqa: F401
            tables,  # noqa: F401
        )
        from training.learning.services import telling  # noqa: F401 - registers
