from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    name = "training.assessment"
    label = "assessment"
    verbose_name = _("Quizzes and assignments")

    def ready(self) -> None:
        from training.assessment import (  # noqa: F401 - each registers
            blindness,
            facts,
            files,
            imports,
            readiness,
        )
        from training.assessment.selectors import parts  # noqa: F401 - registers
