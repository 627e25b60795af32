"""Where each creator stands on the four lines, and each level it reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.growth.models.ruleset import GrowthRules
from portal.growth.states import Level
from portal.parties.models import Party
from portal.rewards.states import Line


class LineStandingQuerySet(models.QuerySet["LineStanding"]):
    def visible_to(self, actor: Actor) -> LineStandingQuerySet:
        """A creator's own; operators who follow growth all."""
        if actor.has_perm("growth.view_linestanding"):
            return self
        return self.filter(party=actor.party_id) if actor.party_id else self.none()


class LineStanding(models.Model):
    """`value`: in the unit of the line, None where no trusted source tells of it. `level`: the best
    ever reached; `since` when. A row is written again only when something of it changed."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="growth_lines", db_index=False, verbose_name=_("party")
    )
    line = models.CharField(_("growth line"), max_length=10, choices=Line.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    value = models.BigIntegerField(_("value"), null=True)
    since = models.DateField(_("since"), null=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = LineStandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("creator's place on a line")
        verbose_name_plural = _("creators' places on lines")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "line"], name="growth_line_once"),
            models.CheckConstraint(
                name="growth_line_level",
                condition=Q(level=0, since=None) | Q(level__range=(1, 5), since__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["line", "-level", "-id"], name="growth_line_by_level")
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.line} {self.level}"


class LevelStepQuerySet(models.QuerySet["LevelStep"]):
    def visible_to(self, actor: Actor) -> LevelStepQuerySet:
        if actor.has_perm("growth.view_linestanding"):
            return self
        return self.filter(party=actor.party_id) if actor.party_id else self.none()


class LevelStep(models.Model):
    """A level that was reached, by which value and rules. Appended, never changed."""

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="+", db_index=False, verbose_name=_("party")
    )
    line = models.CharField(_("growth line"), max_length=10, choices=Line.choices)
    before = models.PositiveSmallIntegerField(_("level before"), choices=Level.choices)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    value = models.BigIntegerField(_("value"))
    rules = models.ForeignKey(
        GrowthRules,
        models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("rules of growth"),
    )
    day = models.DateField(_("day"))
    counted_at = models.DateTimeField(_("counted at"))

    objects = LevelStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("level reached")
        verbose_name_plural = _("levels reached")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "line", "level"], name="growth_step_once"),
            models.CheckConstraint(name="growth_step_up", condition=Q(level__gt=F("before"))),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.line} {self.before}→{self.level}"
