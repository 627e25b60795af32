"""Papers between two parties: what one pays the other, version by version."""

from __future__ import annotations

import json
import uuid
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party, User, regions_of
from portal.revenue import engine, states


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> AgreementQuerySet:
        """Both sides' members."""
        if actor.party_id is None:
            return self.none()
        return self.filter(Q(payer=actor.party_id) | Q(payee=actor.party_id))

    def in_scope_of(self, user: User) -> AgreementQuerySet:
        """Within an operator's regions, by the payer's city; the platform's own by the payee's."""
        regions = regions_of(user)
        if not regions:
            return self
        of_platform = Q(payer=None, payee__city__region__in=regions)
        return self.filter(Q(payer__city__region__in=regions) | of_platform)


class Agreement(models.Model):
    """One subject between a payer and a payee. Its terms are its versions: at any day at most one
    of them is in force. Without a payer it is the platform that pays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    payer = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="agreements_to_pay", verbose_name=_("payer")
    )
    payee = models.ForeignKey(
        Party, models.PROTECT, related_name="agreements_to_be_paid", verbose_name=_("payee")
    )
    role = models.CharField(_("role"), max_length=14, choices=states.PaperRole.choices)
    scope_kind = models.CharField(_("covers"), max_length=11, choices=states.ScopeKind.choices)
    scope_key = models.CharField(_("which one"), max_length=60, blank=True)
    products = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("only these products"),
    )
    created_at = models.DateTimeField(_("created at"))

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["payer", "payee", "role", "scope_kind", "scope_key"],
                name="agreement_once_a_subject",
            ),
            models.CheckConstraint(name="agreement_two_sides", condition=~Q(payer=F("payee"))),
            models.CheckConstraint(
                name="agreement_scope_is_named",
                condition=Q(scope_kind="whole", scope_key="")
                | ~Q(scope_kind="whole") & ~Q(scope_key=""),
            ),
            models.CheckConstraint(
                name="agreement_platform_pays_frameworks",
                condition=Q(role="framework", scope_kind="year", payer=None)
                | ~Q(role="framework") & ~Q(scope_kind="year") & Q(payer__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_products_of_a_cooperation",
                condition=Q(products=[]) | Q(scope_kind="cooperation"),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["payee"], name="agreement_of_payee")]

    def __str__(self) -> str:
        return f"{self.payer_name} → {self.payee}"

    def get_absolute_url(self) -> str:
        return reverse("agreement_detail", args=[self.pk])

    @property
    def subject(self) -> str:
        """What it is about, in words."""
        role = states.PaperRole(self.role).label
        return f"{role} · {self.scope}" if self.scope_key else str(role)

    @property
    def scope(self) -> str:
        label = str(states.ScopeKind(self.scope_kind).label)
        if self.is_of_cooperation:
            return label  # its key is for machines
        return f"{label} {self.scope_key}" if self.scope_key else label

    @property
    def is_of_cooperation(self) -> bool:
        return self.scope_kind == states.ScopeKind.COOPERATION

    @property
    def is_with_platform(self) -> bool:
        return self.scope_kind == states.ScopeKind.YEAR

    @property
    def payer_name(self) -> str:
        return self.payer.name if self.payer else str(states.Side.PLATFORM.label)

    @property
    def payer_kind(self) -> str:
        """For its colour."""
        return self.payer.kind if self.payer else str(states.Side.PLATFORM)

    @property
    def specificity(self) -> int:
        """The higher, the more specific."""
        return states.SPECIFIC[states.ScopeKind.PRODUCT if self.products else self.scope_kind]

    def has_side(self, party_id: int | None) -> bool:
        return party_id is not None and party_id in (self.payer_id, self.payee_id)

    def side_of(self, party_id: int | None) -> states.Side:
        return states.Side.PAYER if party_id == self.payer_id else states.Side.PAYEE

    def party_of(self, side: str) -> Party:
        """Of a paper between two parties: the platform is none."""
        party = self.payer if side == states.Side.PAYER else self.payee
        assert party is not None  # noqa: S101 - a constraint of the table
        return party

    def legal_name_of(self, side: str) -> str:
        if side == states.Side.PAYER and self.payer is None:
            return settings.OPERATOR_NAME or self.payer_name
        return self.party_of(side).legal_name

    def other_side(self, party_id: int | None) -> Party:
        """The party that is not `party_id`, of a paper between two parties."""
        is_payer = party_id == self.payer_id
        return self.party_of(states.Side.PAYEE if is_payer else states.Side.PAYER)

    def other_name(self, party_id: int | None) -> str:
        return self.payee.name if party_id == self.payer_id else self.payer_name


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    def visible_to(self, actor: Actor) -> AgreementVersionQuerySet:
        return self.filter(agreement__in=Agreement.objects.visible_to(actor))

    def open(self) -> AgreementVersionQuerySet:
        return self.filter(status=states.VersionStatus.OPEN)

    def sealing(self) -> AgreementVersionQuerySet:
        return self.filter(status=states.VersionStatus.SEALING)

    def waiting(self) -> AgreementVersionQuerySet:
        """For an answer, or for seals."""
        return self.filter(status__in=[states.VersionStatus.OPEN, states.VersionStatus.SEALING])

    def in_force_on(self, day: date) -> AgreementVersionQuerySet:
        return self.filter(in_force__contains=day)


class AgreementVersion(models.Model):
    """The terms that one side proposed. What it says never changes; only what became of it does.

    document: the tree as the engine reads it, as text: a key order is part of it, because ties go
    to the party written first. clauses: of a cooperation's paper, all that was agreed beside it;
    the hash is of both. in_force: days in Shanghai, half open; empty where a later version
    took its place before it began.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    document = models.TextField(_("document"))
    clauses = models.TextField(_("clauses"), blank=True)
    sha256 = models.CharField(_("hash"), max_length=64)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends before"), null=True)
    note = models.CharField(_("why"), max_length=300, blank=True)
    proposed_by = models.CharField(_("proposed by"), max_length=5, choices=states.Side.choices[:2])
    proposed_at = models.DateTimeField(_("proposed at"))
    expires_at = models.DateTimeField(_("answer due"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=states.VersionStatus.choices,
        default=states.VersionStatus.OPEN,
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    seal_due_at = models.DateTimeField(_("seals due"), null=True)
    in_force = DateRangeField(_("in force"), null=True)

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(status__in=["open", "sealing"]),
                name="agreement_one_open_version",
            ),
            ExclusionConstraint(
                name="agreement_one_version_in_force",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="agreement_version_term",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="agreement_version_answered_has_time",
                condition=Q(status="open", answered_at=None)
                | ~Q(status="open") & Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_version_accepted_is_in_force",
                condition=Q(status="accepted", in_force__isnull=False)
                | ~Q(status="accepted") & Q(in_force=None),
            ),
            models.CheckConstraint(
                name="agreement_version_seals_by_a_day",
                condition=~Q(status="sealing") | Q(seal_due_at__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_version_hashed", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="agreement_version_of_a_side",
                condition=Q(number__gte=1, proposed_by__in=["payer", "payee"]),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"],
                condition=Q(status="open"),
                name="agreement_version_to_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement} v{self.number}"

    def get_absolute_url(self) -> str:
        return self.agreement.get_absolute_url()

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    @property
    def held_until(self) -> date | None:
        """The last day it holds, None while that is open."""
        upper = self.in_force.upper if self.in_force else None
        return upper - timedelta(days=1) if upper else None

    @cached_property
    def data(self) -> dict[str, Any]:
        return json.loads(self.document)

    @cached_property
    def terms(self) -> engine.Agreement:
        """As the engine splits by it; sides are `payer`, `payee` and `platform`."""
        return engine.parse_agreement(self.data)


class VersionSeal(models.Model):
    """That one side stamped a version: the scan of it, or the gateway's number. Only added."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="seals")
    side = models.CharField(_("side"), max_length=5, choices=states.Side.choices[:2])
    way = models.CharField(_("how"), max_length=5, choices=states.SealWay.choices)
    at = models.DateTimeField(_("at"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(_("gateway's number"), max_length=80, blank=True)
    sha256 = models.CharField(_("hash of what was sealed"), max_length=64)
    is_read = models.BooleanField(_("code read on the scan"), default=False)

    class Meta:
        verbose_name = _("seal of a version")
        verbose_name_plural = _("seals of versions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "side"], name="version_seal_once_a_side"),
            models.CheckConstraint(
                name="version_seal_is_shown",
                condition=Q(side__in=["payer", "payee"])
                & (
                    Q(way="scan", file__isnull=False, reference="")
                    | Q(way="esign", file=None) & ~Q(reference="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.at:%Y-%m-%d}"


class Acceptance(models.Model):
    """That one side agreed to a version; the side that proposes it agrees by proposing."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="acceptances")
    side = models.CharField(_("side"), max_length=5, choices=states.Side.choices[:2])
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    sha256 = models.CharField(_("hash of what was accepted"), max_length=64)

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "side"], name="acceptance_once_a_side"),
            models.CheckConstraint(
                name="acceptance_by_a_side", condition=Q(side__in=["payer", "payee"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.at:%Y-%m-%d}"
