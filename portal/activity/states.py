"""Where a day's figures come from. A better source wins, however late it came."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.IntegerChoices):
    """The higher, the better."""

    ESTIMATED = 1, _("Estimated")
    SELF_REPORTED = 2, _("Reported by the party")
    OPERATOR_FILE = 3, _("File of an operator")
    PLATFORM = 4, _("Platform interface")
