from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "portal.evaluation"
    label = "evaluation"
    verbose_name = _("Evaluation")

    def ready(self) -> None:
        from portal.evaluation.guides import load_guides
        from portal.parties.reference import register_reference

        autodiscover_modules("facts")  # the rows behind facts, of each part
        register_reference(load_guides)
