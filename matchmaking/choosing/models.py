"""What helps a merchant choose: a brief's confidential part, and what its colleagues think."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models import Need, Proposal
from portal.parties.models import Party

STARS = [MinValueValidator(1), MaxValueValidator(5)]


class ConfidentialBrief(models.Model):
    """What shortlisted bidders read once they agreed to keep it to themselves."""

    need = models.OneToOneField(
        Need, models.PROTECT, related_name="confidential", verbose_name=_("need")
    )
    text = models.TextField(_("confidential part"), max_length=3000)
    version = models.PositiveIntegerField(_("version"), default=1)
    written_at = models.DateTimeField(_("written at"))

    class Meta:
        verbose_name = _("confidential part of a brief")
        verbose_name_plural = _("confidential parts of briefs")

    def __str__(self) -> str:
        return str(self.need)


class Disclosure(models.Model):
    """A bidder's promise to keep the confidential part to itself; append-only."""

    id = models.BigAutoField(primary_key=True)
    brief = models.ForeignKey(ConfidentialBrief, models.PROTECT, related_name="disclosures")
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="disclosures", verbose_name=_("bidder")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("agreed by")
    )
    version = models.PositiveIntegerField(_("version read first"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("non-disclosure promise")
        verbose_name_plural = _("non-disclosure promises")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brief", "party"], name="disclosure_once_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.brief}"


class Opinion(models.Model):
    """What one colleague of the merchant thinks of a proposal; nobody else sees it."""

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="opinions", verbose_name=_("proposal")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("colleague")
    )
    plan = models.PositiveSmallIntegerField(_("plan"), validators=STARS)
    price = models.PositiveSmallIntegerField(_("price"), validators=STARS)
    team = models.PositiveSmallIntegerField(_("team"), validators=STARS)
    note = models.CharField(_("in words"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("colleague's opinion")
        verbose_name_plural = _("colleagues' opinions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "person"], name="opinion_once_a_person"),
            models.CheckConstraint(
                name="opinion_in_stars",
                condition=Q(plan__range=(1, 5), price__range=(1, 5), team__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.proposal}"
