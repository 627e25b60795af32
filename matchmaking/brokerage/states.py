"""The life of an introduction, and where a need can get stuck."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntroductionStatus(models.TextChoices):
    ASKED = "asked", _("Waits to be taken")
    TAKEN = "taken", _("The platform prepares it")
    OFFERED = "offered", _("Put to the creator")
    AGREED = "agreed", _("The creator agreed")
    SIGNED = "signed", _("Contract signed")
    SUCCEEDED = "succeeded", _("Carried out")
    FAILED = "failed", _("Came to nothing")
    DECLINED = "declined", _("The creator declined")
    REFUSED = "refused", _("Refused by the platform")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = IntroductionStatus
TRANSITIONS: dict[str, frozenset[str]] = {
    S.ASKED: frozenset({S.TAKEN, S.REFUSED, S.WITHDRAWN}),
    S.TAKEN: frozenset({S.OFFERED, S.REFUSED, S.WITHDRAWN}),
    S.OFFERED: frozenset({S.AGREED, S.DECLINED, S.REFUSED, S.WITHDRAWN}),
    S.AGREED: frozenset({S.SIGNED, S.FAILED}),
    S.SIGNED: frozenset({S.SUCCEEDED, S.FAILED}),
    S.SUCCEEDED: frozenset(),
    S.FAILED: frozenset(),
    S.DECLINED: frozenset(),
    S.REFUSED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
OPEN = frozenset({S.ASKED, S.TAKEN, S.OFFERED, S.AGREED, S.SIGNED})
ENDED = frozenset(S) - OPEN
BROKERS = frozenset({S.ASKED, S.TAKEN, S.AGREED, S.SIGNED})  # an operator has the next move
# The creator learns of it when it is put to them; refused or withdrawn before, never.
TOLD = frozenset({S.OFFERED, S.AGREED, S.SIGNED, S.SUCCEEDED, S.FAILED, S.DECLINED})
NEED_REASON = frozenset({S.REFUSED, S.DECLINED, S.FAILED})


class Stage(models.TextChoices):
    """Where a need stands still."""

    NOBODY = "nobody", _("Nobody invited, nobody answered")
    UNANSWERED = "unanswered", _("Invitations without an answer")
    UNDECIDED = "undecided", _("Proposals without a decision")


STILL_AFTER: dict[str, int] = {  # working days
    Stage.NOBODY: 3,
    Stage.UNANSWERED: 5,
    Stage.UNDECIDED: 5,
}
NUDGE_AGAIN = 3  # working days between two reminders about one need
