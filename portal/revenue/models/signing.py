"""Who a party named to sign for it, and how far."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party, User, regions_of
from portal.revenue.states import PaperRole


class SigningPowerQuerySet(models.QuerySet["SigningPower"]):
    def visible_to(self, actor: Actor) -> SigningPowerQuerySet:
        """The party's own people."""
        return self.filter(party=actor.party_id) if actor.party_id else self.none()

    def in_scope_of(self, user: User) -> SigningPowerQuerySet:
        regions = regions_of(user)
        return self.filter(party__city__region__in=regions) if regions else self

    def standing(self) -> SigningPowerQuerySet:
        """Not taken back; its days may be over or still to come."""
        return self.filter(ended_at=None)


class SigningPower(models.Model):
    """One person's power to sign for a party, as the letter of authority says. What was given never
    changes but by being taken back; other limits are another power.

    papers: kinds of papers, none for all of them. most_bp: of an order, all shares of a paper
    together. most_fen: all sums that it fixes together. None: no limit.
    """

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    papers = ArrayField(
        models.CharField(max_length=14, choices=PaperRole.choices),
        default=list,
        blank=True,
        verbose_name=_("kinds of agreements"),
    )
    most_bp = models.PositiveIntegerField(_("at most of an order (1/10,000)"), null=True)
    most_fen = models.BigIntegerField(_("fixed sums at most (fen)"), null=True)
    may_seal = models.BooleanField(_("seals, too"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("ends before"), null=True)
    letter = models.CharField(_("letter of authority"), max_length=60, blank=True)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("given by"),
    )
    ended_at = models.DateTimeField(_("taken back at"), null=True)

    objects = SigningPowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("power to sign")
        verbose_name_plural = _("powers to sign")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "person"],
                condition=Q(ended_at=None),
                name="signing_power_one_standing",
            ),
            models.CheckConstraint(
                name="signing_power_term",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="signing_power_limits",
                condition=(Q(most_bp=None) | Q(most_bp__lte=10_000))
                & (Q(most_fen=None) | Q(most_fen__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.person}"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def titles(self) -> list[str]:
        """Of the kinds of papers."""
        return [str(PaperRole(one).label) for one in self.papers]

    def runs_on(self, day: date) -> bool:
        is_over = self.ends_on is not None and self.ends_on <= day
        return self.ended_at is None and self.starts_on <= day and not is_over
