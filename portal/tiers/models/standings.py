"""The stars an agency holds now."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.parties.models import Party
from portal.tiers.models.reviews import StarReview
from portal.tiers.states import Stars

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another
LENGTH = 12  # 60 bits: nobody guesses one


def new_number() -> str:
    """What stands on a badge."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


class StarStandingQuerySet(models.QuerySet["StarStanding"]):
    def shown(self) -> StarStandingQuerySet:
        """Who holds a star and is listed."""
        return self.filter(stars__gte=1, party__in=Party.objects.listed())


class StarStanding(models.Model):
    """A row once an agency's first quarter was judged. `review`: the one it follows from. The
    number stays the same for good; what it stands for is what holds when somebody looks."""

    party = models.OneToOneField(
        Party,
        models.PROTECT,
        primary_key=True,
        related_name="star_standing",
        verbose_name=_("agency"),
    )
    stars = models.PositiveSmallIntegerField(_("stars"), choices=Stars.choices)
    since = models.DateField(_("since"))
    in_grace_until = models.DateField(_("in grace until the end of"), null=True)
    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number)
    review = models.ForeignKey(
        StarReview, models.PROTECT, related_name="+", verbose_name=_("quarter")
    )

    objects = StarStandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("stars of an agency")
        verbose_name_plural = _("stars of agencies")
        constraints: ClassVar = [
            models.CheckConstraint(name="star_standing_range", condition=Q(stars__range=(0, 5))),
        ]
        indexes: ClassVar = [models.Index(fields=["-stars", "-party"], name="star_standing_best")]

    def __str__(self) -> str:
        return f"{self.party_id}: {self.stars}"

    def get_absolute_url(self) -> str:
        return reverse("star_badge", args=[self.number])

    @property
    def is_in_grace(self) -> bool:
        return self.in_grace_until is not None
