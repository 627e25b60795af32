"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "propose_growth_rules": _("proposed rules of growth"),
        "approve_growth_rules": _("approved the rules of growth"),
        "refuse_growth_rules": _("refused the rules of growth"),
        "confirm_growth_rules": _("looked at the source of the rules again"),
        "count_levels": _("counted the levels of creators"),
    },
)
