"""What the verbs of the audit trail say."""

from django.utils.translation import gettext_lazy as _

from portal.core.verbs import register_verbs

register_verbs(
    {
        "count_day": _("counted the day"),
        "bring_listing": _("brought the upstream's list in"),
        "drop_listing": _("dropped the upstream's list"),
        "resolve_difference": _("resolved the difference"),
        "reopen_difference": _("opened the difference again"),
        "match_bank_row": _("matched the bank row"),
        "end_bank_match": _("took the match of the bank row back"),
    },
)
