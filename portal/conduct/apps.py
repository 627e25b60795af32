from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConductConfig(AppConfig):
    name = "portal.conduct"
    label = "conduct"
    verbose_name = _("Conduct")

    def ready(self) -> None:
        from portal.conduct.reference import load_rules
        from portal.conduct.selectors.scores import gates_at_end_of
        from portal.evaluation.computing.gates import register_gates
        from portal.parties.reference import register_reference

        register_reference(load_rules)
        register_gates(gates_at_end_of)
