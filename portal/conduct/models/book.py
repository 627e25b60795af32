"""The rule book: what is a violation, how heavy, and for whom."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.conduct import states
from portal.parties.states import PartyKind


class InForce(Func):
    """The days from the first to the last, both included; no last day: for good."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


class RuleQuerySet(models.QuerySet["Rule"]):
    def on(self, day: date) -> RuleQuerySet:
        """In force on that day."""
        last = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.filter(last, starts_on__lte=day)

    def for_kind(self, kind: str) -> RuleQuerySet:
        return self.filter(party_kinds__contains=[kind])


class Rule(models.Model):
    """A rule with its weight, for a time. What changes is a new row from a later day on: cases keep
    the rule that was in force when it happened."""

    code = models.SlugField(_("code"), max_length=40)
    title_zh = models.CharField(_("Chinese title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=80)
    text_zh = models.TextField(_("Chinese text"), max_length=1000)
    text_en = models.TextField(_("English text"), max_length=1000)
    severity = models.CharField(_("severity"), max_length=8, choices=states.Severity.choices)
    points = models.PositiveSmallIntegerField(_("points"))
    lapse_days = models.PositiveSmallIntegerField(
        _("days until it lapses"), help_text=_("Counted from the day it is confirmed.")
    )
    gate = models.CharField(
        _("gate in the evaluation"), max_length=8, choices=states.Gate.choices, blank=True
    )
    party_kinds: ArrayField[list[str], list[str]] = ArrayField(
        models.CharField(max_length=10, choices=PartyKind.choices),
        verbose_name=_("for whom"),
        help_text=_("Kinds of party, with commas: merchant, provider, agency, creator."),
    )
    hearing_days = models.PositiveSmallIntegerField(_("working days to be heard"), default=7)
    appeal_days = models.PositiveSmallIntegerField(_("working days to appeal"), default=10)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of conduct")
        verbose_name_plural = _("rules of conduct")
        ordering = ("position", "code", "-starts_on")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="conduct_rule_weighs",
                condition=Q(points__gte=1, points__lte=100, lapse_days__gte=1),
            ),
            models.CheckConstraint(
                name="conduct_rule_gives_time",
                condition=Q(hearing_days__gte=1, appeal_days__gte=1),
            ),
            models.CheckConstraint(
                name="conduct_rule_gate_is_for_the_severe",
                condition=Q(gate="") | Q(severity="severe"),
            ),
            models.CheckConstraint(
                name="conduct_rule_is_for_somebody", condition=~Q(party_kinds=[])
            ),
            models.CheckConstraint(
                name="conduct_rule_ends_after_it_began",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="conduct_rule_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (InForce("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "Another row of this rule is in force on one of these days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_zh if _is_chinese() else self.title_en

    @property
    def text(self) -> str:
        return self.text_zh if _is_chinese() else self.text_en

    @property
    def kinds(self) -> list[str]:
        """For whom, in words."""
        return [str(PartyKind(kind).label) for kind in self.party_kinds]


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
