"""What is known of parties, one row an observation. Rows are appended: a correction is a row."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.evaluation.states import COUNTED, Door, Grade, Strike
from portal.parties.models import Party, ServiceType


class FactQuerySet(models.QuerySet["Fact"]):
    def visible_to(self, actor: Actor) -> FactQuerySet:
        """A party's facts are its own, with those of parties that were merged into it. Operators
        see all of them."""
        if actor.party_id is not None:
            return self.filter(Q(party=actor.party_id) | Q(party__merged_into=actor.party_id))
        return self.all() if actor.has_perm("evaluation.view_fact") else self.none()

    def in_force(self) -> FactQuerySet:
        """Not corrected by a later row, and not taken back by one."""
        return self.filter(correction__isnull=True, is_void=False)

    def counted(self) -> FactQuerySet:
        """What enters scores: in force, of a good enough source, struck by no rule."""
        return self.in_force().filter(grade__in=COUNTED, strike="")


class Fact(models.Model):
    """One observation, or several at once (`sample` says of how many), of one `measure`.

    `counterpart` is whose evidence it is: no merchant may be more than a share of it. `ref_kind`
    and `ref_id` name the row behind it: `cooperation.review` and its key, `import` and the name
    that the file gives it.
    A fact counts in the window that holds `ends_on`. `strike` keeps what a rule took out in sight.
    """

    id = models.BigAutoField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="facts", verbose_name=_("party"))
    measure = models.CharField(_("measure"), max_length=40)
    service = models.ForeignKey(
        ServiceType, models.PROTECT, null=True, verbose_name=_("service type")
    )
    counterpart = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("counterparty")
    )
    value = models.FloatField(_("value"))
    sample = models.PositiveIntegerField(_("sample size"), default=1)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    grade = models.SmallIntegerField(_("source grade"), choices=Grade.choices)
    door = models.CharField(_("came by"), max_length=8, choices=Door.choices)
    ref_kind = models.CharField(_("kind of the row behind it"), max_length=40)
    ref_id = models.CharField(_("key of the row behind it"), max_length=80)
    strike = models.CharField(_("taken out by"), max_length=20, choices=Strike.choices, blank=True)
    detail = models.JSONField(_("more of it"), default=dict)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="correction", verbose_name=_("corrects")
    )
    is_void = models.BooleanField(_("taken back"), default=False)
    why = models.CharField(_("why"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        permissions: ClassVar = [("feed_fact", "Can bring in and correct facts of any party")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "ref_kind", "ref_id", "party"],
                condition=Q(corrects__isnull=True),
                name="fact_once_a_row",
            ),
            models.CheckConstraint(
                name="fact_period_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="fact_value_is_finite",
                condition=Q(value__gt=-1e15, value__lt=1e15),
            ),
            models.CheckConstraint(name="fact_grade_known", condition=Q(grade__in=Grade.values)),
            models.CheckConstraint(name="fact_door_known", condition=Q(door__in=Door.values)),
            models.CheckConstraint(name="fact_has_a_row", condition=~Q(ref_id="")),
            models.CheckConstraint(
                name="fact_correction_says_why",
                condition=Q(corrects__isnull=True) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="fact_void_corrects",
                condition=Q(is_void=False) | Q(corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="fact_of_another",
                condition=Q(counterpart__isnull=True) | ~Q(counterpart=F("party")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "measure", "-ends_on"], name="fact_of_party"),
            models.Index(fields=["measure", "ends_on"], name="fact_of_measure"),
            models.Index(fields=["recorded_at"], name="fact_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.measure} {self.ends_on}: {self.value:g}"
