"""Who works for a provider, and what it has done for others."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models.party import Party
from portal.parties.models.reference import Category
from portal.parties.profile_states import CaseStatus, CheckOutcome, StaffRole

if TYPE_CHECKING:
    from portal.parties.models.pictures import PartyPicture


class StaffMemberQuerySet(models.QuerySet["StaffMember"]):
    def visible_to(self, actor: Actor) -> StaffMemberQuerySet:
        return self.filter(party__in=Party.objects.visible_to(actor))

    def working(self) -> StaffMemberQuerySet:
        return self.filter(left_at__isnull=True)


class StaffMember(models.Model):
    """Somebody of a provider's team; no account of this site. Others read role, years and
    certificates, never the name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="staff", verbose_name=_("party"))
    name = models.CharField(_("name"), max_length=40)
    role = models.CharField(_("role"), max_length=10, choices=StaffRole.choices)
    years = models.PositiveSmallIntegerField(_("years in the trade"), default=0)
    joined_at = models.DateTimeField(_("entered at"))
    left_at = models.DateTimeField(_("left at"), null=True)

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints: ClassVar = [
            models.CheckConstraint(name="staff_years", condition=Q(years__lte=50)),
            models.CheckConstraint(
                name="staff_left_after_joining",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party"], condition=Q(left_at__isnull=True), name="staff_working")
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.get_role_display()}"

    @property
    def certificate_titles(self) -> list[str]:
        """Those that are still valid need no look at the calendar by the reader."""
        return [certificate.title for certificate in self.certificates.all()]

    @property
    def own_certificates(self) -> list[StaffCertificate]:
        """By the party's own word."""
        return [one for one in self.certificates.all() if not one.is_issued]

    @property
    def issued_certificates(self) -> list[StaffCertificate]:
        return [one for one in self.certificates.all() if one.is_issued]


class StaffCertificate(models.Model):
    """What somebody of the team has proved. The number is the party's own; where `is_issued`, it is
    that of a certificate of this site, and who writes the team's list leaves it alone."""

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="certificates")
    title = models.CharField(_("certificate"), max_length=60)
    issuer = models.CharField(_("issued by"), max_length=60)
    number = models.CharField(_("certificate number"), max_length=60, blank=True)
    expires_on = models.DateField(_("last day"), null=True)
    is_issued = models.BooleanField(_("issued here"), default=False)

    class Meta:
        verbose_name = _("certificate of a team member")
        verbose_name_plural = _("certificates of team members")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="certificate_has_title", condition=~Q(title="")),
            models.UniqueConstraint(
                fields=["number"], condition=Q(is_issued=True), name="certificate_issued_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ClientCaseQuerySet(models.QuerySet["ClientCase"]):
    def visible_to(self, actor: Actor) -> ClientCaseQuerySet:
        return self.filter(party__in=Party.objects.visible_to(actor))

    def standing(self) -> ClientCaseQuerySet:
        return self.exclude(status=CaseStatus.WITHDRAWN)

    def shown(self) -> ClientCaseQuerySet:
        """What others see: not taken down, and no word in it waits for a look."""
        return self.standing().filter(is_held=False)

    def verified(self) -> ClientCaseQuerySet:
        return self.filter(status=CaseStatus.VERIFIED)

    def checking(self) -> ClientCaseQuerySet:
        return self.filter(status=CaseStatus.CHECKING)


class ClientCase(models.Model):
    """What a provider says it did for a client. It is marked verified only where the platform's
    own settlements reach the amount claimed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="client_cases", verbose_name=_("party")
    )
    title = models.CharField(_("title"), max_length=60)
    client = models.CharField(_("client"), max_length=60)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    gmv_fen = models.BigIntegerField(_("GMV claimed"))
    summary = models.TextField(_("what was done"), max_length=1000)
    evidence: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, verbose_name=_("evidence")
    )
    is_held = models.BooleanField(_("held for a look"), default=False)
    status = models.CharField(
        _("status"), max_length=9, choices=CaseStatus.choices, default=CaseStatus.CLAIMED
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    settled_fen = models.BigIntegerField(_("settled net GMV"), null=True)
    created_at = models.DateTimeField(_("created at"))
    asked_at = models.DateTimeField(_("handed in at"), null=True)
    checked_at = models.DateTimeField(_("checked at"), null=True)

    objects = ClientCaseQuerySet.as_manager()

    if TYPE_CHECKING:
        picture: PartyPicture | None  # set by `selectors.shown_cases`

    class Meta:
        verbose_name = _("case of a provider")
        verbose_name_plural = _("cases of providers")
        permissions: ClassVar = [("check_clientcase", "Can confirm cases against settlements")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="client_case_period", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="client_case_gmv", condition=Q(gmv_fen__gt=0)),
            models.CheckConstraint(
                name="client_case_verified_is_settled",
                condition=~Q(status="verified")
                | Q(checked_at__isnull=False, settled_fen__gte=F("gmv_fen")),
            ),
            models.CheckConstraint(
                name="client_case_refused_says_why",
                condition=~Q(status="refused") | Q(checked_at__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="client_case_checking_was_asked",
                condition=~Q(status="checking") | Q(asked_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-ends_on"], name="client_case_of_party"),
            models.Index(
                fields=["asked_at"], condition=Q(status="checking"), name="client_case_queue"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("client_case_detail", args=[self.pk])

    @property
    def is_shown(self) -> bool:
        """Whether others read it, as long as they find its party."""
        return self.status != CaseStatus.WITHDRAWN and not self.is_held

    @property
    def is_verified(self) -> bool:
        return self.status == CaseStatus.VERIFIED


class CaseCheck(models.Model):
    """What an operator found in the platform's settlements. Rows are appended, never changed."""

    case = models.ForeignKey(
        ClientCase, models.PROTECT, related_name="checks", verbose_name=_("case")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=CheckOutcome.choices)
    claimed_fen = models.BigIntegerField(_("GMV claimed"))
    settled_fen = models.BigIntegerField(_("settled net GMV"), null=True)
    basis = models.CharField(_("statements compared"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("check of a case")
        verbose_name_plural = _("checks of cases")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="case_check_says_what",
                condition=Q(outcome="verified", settled_fen__gte=F("claimed_fen")) & ~Q(basis="")
                | Q(outcome="refused") & ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.get_outcome_display()}"
