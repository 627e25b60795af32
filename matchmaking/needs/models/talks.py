"""What the two sides of a shortlisted proposal arrange: to exchange contacts, or to have a call."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.needs import states
from matchmaking.needs.models.proposals import Proposal
from portal.core.actor import Actor

MOST_TIMES = 3
MINUTES = (15, 30, 45, 60, 90)


class TalkQuerySet(models.QuerySet["Talk"]):
    def visible_to(self, actor: Actor) -> TalkQuerySet:
        """Both sides' members."""
        seen = Proposal.objects.visible_to(actor)
        return self.filter(proposal__in=seen.values("pk"))

    def standing(self) -> TalkQuerySet:
        return self.filter(status__in=states.TALKING)

    def waiting_for(self, actor: Actor) -> TalkQuerySet:
        """Those that the acting party has to answer."""
        if actor.party_id is None:
            return self.none()
        to_bidder = Q(asked_by=states.Side.MERCHANT, proposal__provider=actor.party_id)
        to_merchant = Q(asked_by=states.Side.BIDDER, proposal__need__merchant=actor.party_id)
        return self.filter(to_bidder | to_merchant, answer_by__isnull=False)


class Talk(models.Model):
    """One thing both sides arrange. `times`: what is suggested and not answered; `starts_at`: what
    was agreed, which stands while other times are suggested. `answer_by` is set while one of the
    two has to answer `asked_by`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, verbose_name=_("proposal"), related_name="talks"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=states.TalkKind.choices)
    status = models.CharField(
        _("status"),
        max_length=9,
        choices=states.TalkStatus.choices,
        default=states.TalkStatus.PROPOSED,
    )
    asked_by = models.CharField(_("last asked by"), max_length=8, choices=states.Side.choices)
    version = models.PositiveIntegerField(_("version"), default=1)
    times = ArrayField(
        models.DateTimeField(), default=list, blank=True, verbose_name=_("times suggested")
    )
    minutes = models.PositiveSmallIntegerField(_("length (minutes)"), null=True)
    link = models.CharField(_("link"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("begins"), null=True)
    ends_at = models.DateTimeField(_("ends"), null=True)
    answer_by = models.DateTimeField(_("answer until"), null=True)
    remind_at = models.DateTimeField(_("reminder due"), null=True)
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact or call")
        verbose_name_plural = _("contacts and calls")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "kind"],
                condition=Q(status__in=["proposed", "agreed"]),
                name="talk_one_standing_of_a_kind",
            ),
            models.CheckConstraint(
                name="talk_is_of_its_kind",
                condition=Q(kind="contacts", minutes=None, link="", starts_at=None, times__len=0)
                | Q(kind="call", minutes__in=MINUTES, times__len__lte=MOST_TIMES),
            ),
            models.CheckConstraint(
                name="talk_proposed_waits",
                condition=~Q(status="proposed")
                | Q(answer_by__isnull=False, starts_at=None)
                & (Q(kind="contacts") | Q(times__len__gte=1)),
            ),
            models.CheckConstraint(
                name="talk_suggestion_waits",
                condition=~Q(status="agreed")
                | Q(answer_by=None, times__len=0)
                | Q(answer_by__isnull=False, times__len__gte=1),
            ),
            models.CheckConstraint(
                name="talk_agreed_call_has_its_hour",
                condition=~Q(kind="call", status__in=["agreed", "over", "cancelled"])
                | Q(starts_at__isnull=False),
            ),
            models.CheckConstraint(
                name="talk_has_both_hours",
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="talk_reminds_of_a_call",
                condition=Q(remind_at=None)
                | Q(kind="call", status="agreed", remind_at__lt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="talk_ended_has_time",
                condition=Q(status__in=["proposed", "agreed"], ended_at=None)
                | Q(
                    status__in=["declined", "withdrawn", "lapsed", "cancelled", "over"],
                    ended_at__isnull=False,
                    answer_by=None,
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["answer_by"], condition=Q(answer_by__isnull=False), name="talk_unanswered"
            ),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="talk_to_remind"
            ),
            models.Index(
                fields=["ends_at"], condition=Q(kind="call", status="agreed"), name="talk_booked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.proposal_id}"

    def get_absolute_url(self) -> str:
        return f"{reverse('proposal_talks', args=[self.proposal_id])}#{self.kind}"

    @property
    def needs_contacts(self) -> bool:
        """Whether a yes shows both sides' contacts: who rings needs a number."""
        return not self.link

    def waits_for(self, actor: Actor) -> bool:
        """Whether the acting party is to answer."""
        is_asked = not actor.speaks_for(self._asking_party)
        return self.answer_by is not None and is_asked

    @property
    def _asking_party(self) -> int:
        is_bidder = self.asked_by == states.Side.BIDDER
        return self.proposal.provider_id if is_bidder else self.proposal.need.merchant_id

    @property
    def is_booked(self) -> bool:
        return self.kind == states.TalkKind.CALL and self.status == states.TalkStatus.AGREED


class TalkStep(models.Model):
    """What one side did, or the clock (no side). Append-only by database grants."""

    id = models.BigAutoField(primary_key=True)
    talk = models.ForeignKey(
        Talk, models.PROTECT, verbose_name=_("contact or call"), related_name="steps"
    )
    number = models.PositiveIntegerField(_("version"))
    side = models.CharField(_("by"), max_length=8, blank=True, choices=states.Side.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(_("what"), max_length=8, choices=states.TalkVerb.choices)
    times = ArrayField(models.DateTimeField(), default=list, verbose_name=_("times"))
    note = models.CharField(_("in words"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step of a contact or call")
        verbose_name_plural = _("steps of contacts and calls")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["talk", "number"], name="talk_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id} #{self.number}"
