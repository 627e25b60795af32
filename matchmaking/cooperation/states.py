"""The life of a cooperation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CooperationStatus(models.TextChoices):
    ACCEPTED = "accepted", _("Agreed")
    ACTIVE = "active", _("Running")
    ENDED = "ended", _("Ended")
    TERMINATED = "terminated", _("Terminated")


class Door(models.TextChoices):
    """How the two sides met; a door opens with the part that owns it."""

    NEED = "need", _("Service need")
