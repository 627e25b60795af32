"""Whom a party keeps in mind."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party

LONGEST_NOTE = 300


class ShortlistQuerySet(models.QuerySet["ShortlistEntry"]):
    def visible_to(self, actor: Actor) -> ShortlistQuerySet:
        """A party's list is its own: everybody who speaks for it sees it, nobody else."""
        return self.of(actor).filter(removed_at=None)

    def of(self, actor: Actor) -> ShortlistQuerySet:
        """With those taken off lately, whose note comes back with them."""
        return self.filter(owner=actor.party) if actor.party else self.none()


class ShortlistEntry(models.Model):
    """A party that another one wants to remember."""

    owner = models.ForeignKey(Party, models.CASCADE, related_name="shortlist")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ShortlistQuerySet.as_manager()

    class Meta:
        verbose_name = _("shortlist entry")
        verbose_name_plural = _("shortlist entries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "party"], name="shortlisted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.party_id}"
