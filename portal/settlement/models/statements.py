"""What a party has coming of a month, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties.models import Party
from portal.revenue.models import AgreementVersion, Terms
from portal.settlement.models.runs import Run
from portal.settlement.states import (
    APPROVABLE,
    TONES,
    WAITING,
    Source,
    StatementStatus,
)

APPROVED = ["approved", "paid", "failed", "reconciled", "closed"]


def _fen(verbose_name: object) -> models.BigIntegerField[int, int]:
    return models.BigIntegerField(verbose_name, default=0)  # type: ignore[arg-type]  # lazy


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, actor: Actor) -> StatementQuerySet:
        """A party's own, once it was sent; operators of money read all."""
        if actor.has_perm("settlement.view_statement"):
            return self.all()
        if actor.party_id is None:
            return self.none()
        return self.filter(party=actor.party_id).exclude(status=StatementStatus.CALCULATED)

    def waiting(self) -> StatementQuerySet:
        """Those of which nothing is payable yet."""
        return self.filter(status__in=WAITING)

    def approvable(self) -> StatementQuerySet:
        return self.filter(status__in=APPROVABLE)

    def silent(self) -> StatementQuerySet:
        """Sent, and the day to answer is over."""
        return self.filter(status=StatementStatus.SENT, due_at__lte=clock.now())

    def to_pay(self) -> StatementQuerySet:
        """With money that is released and not paid; the oldest first."""
        owed = self.filter(status__in=[StatementStatus.APPROVED, StatementStatus.FAILED])
        return owed.filter(released__gt=F("paid_fen")).order_by("pk")

    def owing(self) -> StatementQuerySet:
        """Below zero: what the party owes is carried on."""
        return self.filter(negative_since__isnull=False, next=None)

    def whole(self) -> StatementQuerySet:
        return self.select_related("run", "party", "previous")


class Statement(models.Model):
    """Of one party. Amounts in fen, with their sign.

    It covers entries of the party's share and of what is held: those of months up to `until_month`,
    and those that the snapshot `cut` sees and that were posted by `cut_at`; without what the
    statement before (`previous`) covered.
    earned, refunded: of order lines, held or not; held: what disputes took away (below zero) or
    gave back. total: all of it with what was carried in. released: made payable when it was
    approved; carried_out: the rest, which the next one begins with. negative_since: the month since
    when the rest is below zero.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="statements", verbose_name=_("run"))
    party = models.ForeignKey(
        Party, models.PROTECT, related_name="statements", verbose_name=_("party")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    month = models.DateField(_("month"))
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="next", verbose_name=_("goes on from")
    )
    until_month = models.DateField(_("covers months up to"), null=True)
    cut = models.TextField(_("as the books stood"), null=True)
    cut_at = models.DateTimeField(_("posted by"), null=True)
    carried_in = _fen(_("carried in (fen)"))
    earned = _fen(_("earned (fen)"))
    refunded = _fen(_("refunded (fen)"))
    true_ups = _fen(_("monthly parts (fen)"))
    onward = _fen(_("paid onward (fen)"))
    adjusted = _fen(_("corrections (fen)"))
    other = _fen(_("other (fen)"))
    held = _fen(_("held (fen)"))
    total = _fen(_("total (fen)"))
    released = _fen(_("payable (fen)"))
    carried_out = _fen(_("carried out (fen)"))
    paid_fen = _fen(_("paid (fen)"))
    negative_since = models.DateField(_("below zero since"), null=True)
    lines = models.PositiveIntegerField(_("order lines"), default=0)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=StatementStatus.choices,
        default=StatementStatus.CALCULATED,
    )
    calculated_at = models.DateTimeField(_("calculated at"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent at"), null=True)
    due_at = models.DateTimeField(_("to be agreed by"), null=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    was_disputed = models.BooleanField(_("was disputed"), default=False)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    paid_at = models.DateTimeField(_("paid at"), null=True)
    failure = models.CharField(_("why it was not paid"), max_length=300, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of a party")
        verbose_name_plural = _("statements of parties")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "party"], name="statement_once_a_run"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(previous=None), name="statement_one_is_first"
            ),
            models.CheckConstraint(
                name="statement_adds_up",
                condition=Q(
                    total=F("carried_in")
                    + F("earned")
                    + F("refunded")
                    + F("true_ups")
                    + F("onward")
                    + F("adjusted")
                    + F("other")
                    + F("held")
                ),
            ),
            models.CheckConstraint(
                name="statement_carries_the_rest",
                condition=Q(carried_out=F("total") - F("released")),
            ),
            models.CheckConstraint(
                name="statement_releases_what_is_there",
                condition=Q(released=0)
                | Q(released__gt=0, released__lte=F("total"), status__in=APPROVED),
            ),
            models.CheckConstraint(
                name="statement_pays_what_is_released",
                condition=Q(paid_fen__range=(0, F("released"))),
            ),
            models.CheckConstraint(
                name="statement_below_zero_is_aged",
                condition=Q(total__lt=0, negative_since__isnull=False)
                | Q(total__gte=0, negative_since=None),
            ),
            models.CheckConstraint(
                name="statement_sent_has_a_deadline",
                condition=Q(status="calculated", sent_at=None, due_at=None)
                | ~Q(status="calculated") & Q(sent_at__isnull=False, due_at__gt=F("sent_at")),
            ),
            models.CheckConstraint(
                name="statement_approved_by_somebody",
                condition=Q(
                    status__in=APPROVED, approved_at__isnull=False, approved_by__isnull=False
                )
                | ~Q(status__in=APPROVED) & Q(approved_at=None, approved_by=None),
            ),
            models.CheckConstraint(
                name="statement_approved_by_another",
                condition=Q(approved_by=None)
                | Q(prepared_by=None)
                | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="statement_paid_is_whole",
                condition=Q(
                    status__in=["paid", "reconciled"],
                    paid_at__isnull=False,
                    paid_fen=F("released"),
                )
                | ~Q(status__in=["paid", "reconciled"]),
            ),
            models.CheckConstraint(
                name="statement_failed_says_why",
                condition=~Q(status="failed") | ~Q(failure=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-id"], name="statement_of_party"),
            models.Index(
                fields=["due_at"], condition=Q(status="sent"), name="statement_to_be_agreed"
            ),
            models.Index(
                fields=["negative_since"],
                condition=Q(negative_since__isnull=False),
                name="statement_below_zero",
            ),
            models.Index(
                fields=["party", "id"],
                condition=Q(status__in=["approved", "failed"]),
                name="statement_to_pay",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("statement_detail", args=[self.number])

    @property
    def tone(self) -> str:
        return TONES[StatementStatus(self.status)]

    @property
    def to_pay(self) -> int:
        """Fen that are payable and not paid yet."""
        return self.released - self.paid_fen

    @property
    def is_open_to_answers(self) -> bool:
        is_sent = self.status in (StatementStatus.SENT, StatementStatus.DISPUTED)
        return is_sent and self.due_at is not None and clock.now() < self.due_at


class StatementRow(models.Model):
    """Entries of a statement that belong together: of one tree and part, or of one paper's monthly
    part. turnover: what settled less what was given back of it, whoever gets it."""

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="rows")
    source = models.CharField(_("from"), max_length=10, choices=Source.choices)
    terms = models.ForeignKey(
        Terms, models.PROTECT, null=True, db_index=False, verbose_name=_("terms")
    )
    version = models.ForeignKey(
        AgreementVersion, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    part = models.CharField(_("part"), max_length=40, blank=True)
    lines = models.PositiveIntegerField(_("order lines"), default=0)
    turnover = _fen(_("turnover (fen)"))
    earned = _fen(_("earned (fen)"))
    refunded = _fen(_("refunded (fen)"))
    held = _fen(_("held (fen)"))
    amount = _fen(_("amount (fen)"))

    class Meta:
        verbose_name = _("row of a statement")
        verbose_name_plural = _("rows of statements")
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "source", "terms", "version", "part"],
                nulls_distinct=False,
                name="statement_row_once",
            ),
            models.CheckConstraint(
                name="statement_row_adds_up",
                condition=Q(amount=F("earned") + F("refunded") + F("held")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} {self.source} {self.part}"
