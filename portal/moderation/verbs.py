"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "open_case": _("held it for a look"),
        "drop_case": _("was changed by its author"),
        "pass_case": _("passed it"),
        "refuse_case": _("refused it"),
        "appeal_case": _("appealed"),
        "save_word": _("changed the listed word"),
    },
)
