"""Logos, portraits, covers and pictures of cases. A picture is never changed: the next one takes
its place once it is passed, and until then the old one stays."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties import profile_states as states
from portal.parties.models.party import Party
from portal.parties.models.portfolio import ClientCase
from portal.parties.profile_states import PictureSlot, PictureStatus


class PartyPictureQuerySet(models.QuerySet["PartyPicture"]):
    def visible_to(self, actor: Actor) -> PartyPictureQuerySet:
        return self.filter(party__in=Party.objects.visible_to(actor))

    def shown(self) -> PartyPictureQuerySet:
        return self.filter(status=PictureStatus.SHOWN)

    def standing(self) -> PartyPictureQuerySet:
        return self.filter(status__in=states.STANDING_PICTURES)

    def beside(self, picture: PartyPicture) -> PartyPictureQuerySet:
        """Others of the same place."""
        same = self.filter(party=picture.party_id, slot=picture.slot, case=picture.case_id)
        return same.exclude(pk=picture.pk)


class PartyPicture(models.Model):
    """One picture for one place: as it was uploaded (redrawn), and small."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="pictures", verbose_name=_("party")
    )
    slot = models.CharField(_("place"), max_length=5, choices=PictureSlot.choices)
    case = models.ForeignKey(
        ClientCase, models.PROTECT, null=True, related_name="pictures", verbose_name=_("case")
    )
    file = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    small = models.ForeignKey(
        StoredFile, models.PROTECT, related_name="+", verbose_name=_("small picture")
    )
    status = models.CharField(
        _("status"), max_length=8, choices=PictureStatus.choices, default=PictureStatus.WAITING
    )
    passed_elsewhere = models.CharField(_("looked at elsewhere"), max_length=40, blank=True)
    set_at = models.DateTimeField(_("set at"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = PartyPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a party")
        verbose_name_plural = _("pictures of parties")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="picture_of_a_case_names_it",
                condition=Q(slot="case", case__isnull=False)
                | ~Q(slot="case") & Q(case__isnull=True),
            ),
            models.CheckConstraint(
                name="picture_ended_has_time",
                condition=Q(status__in=["waiting", "shown", "refused"], ended_at__isnull=True)
                | Q(status__in=["replaced", "removed"], ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["party", "slot", "case"],
                condition=Q(status="shown"),
                nulls_distinct=False,
                name="picture_one_shown",
            ),
            models.UniqueConstraint(
                fields=["party", "slot", "case"],
                condition=Q(status__in=["waiting", "refused"]),
                nulls_distinct=False,
                name="picture_one_waiting",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["case"], condition=Q(status="shown", slot="case"), name="picture_of_case"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.get_slot_display()}"

    def get_absolute_url(self) -> str:
        return reverse("picture_read", args=[self.pk, "full"])
