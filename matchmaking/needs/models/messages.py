"""What the two sides of a proposal write to each other, who will not hear from whom, and what
was reported."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.models.proposals import KNOWN_TO_MERCHANT, Proposal
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.parties.models import Party


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> MessageQuerySet:
        """Both sides' members."""
        if actor.party_id is None:
            return self.none()
        seen = Proposal.objects.visible_to(actor)
        return self.filter(proposal__in=seen.values("pk"))

    def unread_by(self, actor: Actor) -> MessageQuerySet:
        """The other side's, which nobody of the acting party has opened."""
        if actor.party_id is None:
            return self.none()
        unread = self.filter(read_at=None)
        to_bidder = Q(side=states.Side.MERCHANT, proposal__provider=actor.party_id)
        to_merchant = Q(side=states.Side.BIDDER, proposal__need__merchant=actor.party_id)
        return unread.filter(to_bidder | to_merchant)


class Message(models.Model):
    """One side's words. Until both sides have agreed, contacts in them are masked when they are
    written: what was masked is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(_("number"))  # in its conversation, from 1
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, verbose_name=_("proposal"), related_name="messages"
    )
    side = models.CharField(_("by"), max_length=8, choices=states.Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    text = models.TextField(_("text"), max_length=2000, blank=True)
    is_masked = models.BooleanField(_("contacts masked"), default=False)
    files: models.ManyToManyField[StoredFile, models.Model] = models.ManyToManyField(
        StoredFile, blank=True, verbose_name=_("files")
    )
    at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read at"), null=True)
    removed_at = models.DateTimeField(_("removed at"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message of a proposal")
        verbose_name_plural = _("messages of proposals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="message_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["proposal", "side"], condition=Q(read_at=None), name="message_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} #{self.number}"

    def get_absolute_url(self) -> str:
        return f"{reverse('proposal_messages', args=[self.proposal_id])}#m{self.number}"


def conversations_of(actor: Actor) -> models.QuerySet[Proposal]:
    """The proposals with messages that the acting party is a side of."""
    if actor.party_id is None:
        return Proposal.objects.none()
    mine = Q(provider=actor.party_id) | Q(need__merchant=actor.party_id) & KNOWN_TO_MERCHANT
    return Proposal.objects.filter(mine, messages__isnull=False).distinct()


class BlockQuerySet(models.QuerySet["Block"]):
    def standing(self) -> BlockQuerySet:
        return self.filter(lifted_at=None)

    def between(self, one: int, other: int) -> BlockQuerySet:
        return self.standing().filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one))

    def owned_by(self, actor: Actor) -> BlockQuerySet:
        return self.standing().filter(blocker=actor.party_id) if actor.party_id else self.none()


class Block(models.Model):
    """`blocker` will hear nothing from `blocked`. Nobody is told, also not as a reason."""

    blocker = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("by"))
    blocked = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("whom"))
    # Where they met: it says whether the blocker may know the other by name.
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, related_name="+", verbose_name=_("proposal")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))
    lifted_at = models.DateTimeField(_("lifted at"), null=True)

    objects = BlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["blocker", "blocked"], condition=Q(lifted_at=None), name="block_once"
            ),
            models.CheckConstraint(name="block_not_oneself", condition=~Q(blocker=F("blocked"))),
        ]
        indexes: ClassVar = [
            models.Index(fields=["blocked"], condition=Q(lifted_at=None), name="block_of_blocked")
        ]

    def __str__(self) -> str:
        return f"{self.blocker_id} → {self.blocked_id}"

    @property
    def tells_name(self) -> bool:
        """A bidder learns the merchant's name only where it was invited or hired."""
        met = self.proposal
        if met is None:
            return False
        return met.need.merchant_id == self.blocker_id or met.tells_merchant


class MessageReport(models.Model):
    """Somebody says a message breaks the rules; an operator decides."""

    message = models.ForeignKey(
        Message, models.PROTECT, verbose_name=_("message"), related_name="reports"
    )
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("reported by"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=8, choices=states.ReportReason.choices)
    note = models.CharField(_("in words"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=states.ReportStatus.choices,
        default=states.ReportStatus.OPEN,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta:
        verbose_name = _("report of a message")
        verbose_name_plural = _("reports of messages")
        permissions: ClassVar = [("decide_messagereport", "Can decide reports of messages")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "party"], name="report_once_a_party"),
            models.CheckConstraint(
                name="report_decided_has_time",
                condition=Q(status="open", decided_at__isnull=True)
                | ~Q(status="open") & Q(decided_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(status="open"), name="report_queue")
        ]

    def __str__(self) -> str:
        return f"{self.message}: {self.get_reason_display()}"
