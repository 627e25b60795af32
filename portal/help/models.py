"""Questions to the platform, their conversation, and what is answered often."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.core.models import StoredFile
from portal.help import states
from portal.parties.models import Party


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, actor: Actor) -> TicketQuerySet:
        """One's own, and those asked for the party one speaks for."""
        if actor.user is None:
            return self.none()
        seen = Q(asker=actor.user)
        if actor.party_id is not None:
            seen |= Q(party=actor.party_id)
        return self.filter(seen)

    def waiting(self) -> TicketQuerySet:
        """For an operator, the first deadline first."""
        return self.filter(status__in=states.OURS).order_by("due_at", "pk")

    def saying(self, words: str) -> TicketQuerySet:
        """Whose conversation, as the asker reads it, holds these words."""
        said = Message.objects.filter(is_internal=False, text__icontains=words)
        return self.filter(pk__in=said.values("ticket"))


class Ticket(models.Model):
    """One question and what became of it. Its address holds the random `public_id` only."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    topic = models.CharField(_("topic"), max_length=12, choices=states.Topic.choices)
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=states.TicketStatus.choices,
        default=states.TicketStatus.OPEN,
    )
    priority = models.CharField(
        _("priority"),
        max_length=6,
        choices=states.Priority.choices,
        default=states.Priority.NORMAL,
    )
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="tickets",
        verbose_name=_("asked by"),
    )
    party = models.ForeignKey(Party, models.PROTECT, null=True, verbose_name=_("party"))
    name = models.CharField(_("name"), max_length=60, blank=True)
    email = models.EmailField(_("email"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=8)
    page = models.CharField(_("asked from"), max_length=200, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))
    due_at = models.DateTimeField(_("answer due"), null=True)
    ended_at = models.DateTimeField(_("resolved at"), null=True)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True)
    rating_note = models.CharField(_("in words"), max_length=300, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        permissions: ClassVar = [("answer_ticket", "Can answer questions to the platform")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="ticket_due_while_ours",
                condition=Q(status__in=["open", "reopened"], due_at__isnull=False)
                | Q(status__in=["answered", "waiting", "resolved", "closed"], due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="ticket_ended_has_time",
                condition=Q(status__in=["resolved", "closed"], ended_at__isnull=False)
                | ~Q(status__in=["resolved", "closed"]) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="ticket_asker_can_be_reached",
                condition=Q(asker__isnull=False) | ~Q(email="") | ~Q(phone=""),
            ),
            models.CheckConstraint(
                name="ticket_rating_in_stars",
                condition=Q(rating=None) | Q(rating__gte=1, rating__lte=5),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="ticket_queue"),
            models.Index(fields=["asker", "-id"], name="ticket_of_asker"),
            models.Index(fields=["party", "-id"], name="ticket_of_party"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("ticket_detail", args=[self.public_id])

    @property
    def number(self) -> str:
        """What people quote on the phone."""
        return f"QZ-{self.created_at.astimezone(clock.SHANGHAI):%Y}-{self.pk:05d}"

    @property
    def who(self) -> str:
        """The asker by name, as far as one was given."""
        return str(self.asker) if self.asker else self.name

    @property
    def is_late(self) -> bool:
        return self.due_at is not None and self.due_at < clock.now()


class Message(models.Model):
    """One side's words; append-only. An internal note is read by operators only."""

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="messages")
    side = models.CharField(max_length=8, choices=states.Side.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("written by")
    )
    text = models.TextField(_("text"), max_length=3000)
    picture = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("picture")
    )
    is_internal = models.BooleanField(_("internal note"), default=False)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="message_notes_are_operators",
                condition=Q(is_internal=False) | Q(side="operator"),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["ticket", "id"], name="message_of_ticket")]

    def __str__(self) -> str:
        return self.text[:60]


class CannedAnswer(models.Model):
    """An answer that is given often; the operator edits it before sending."""

    topic = models.CharField(_("topic"), max_length=12, choices=states.Topic.choices)
    title = models.CharField(_("title"), max_length=60, unique=True)
    text_zh = models.TextField(_("Chinese text"), max_length=3000)
    text_en = models.TextField(_("English text"), max_length=3000)

    class Meta:
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        ordering = ("topic", "title")

    def __str__(self) -> str:
        return self.title

    def text_in(self, language: str) -> str:
        return self.text_zh if language.startswith("zh") else self.text_en


class ArticleQuerySet(models.QuerySet["Article"]):
    def shown(self) -> ArticleQuerySet:
        return self.filter(is_shown=True)


class Article(models.Model):
    """A question many ask, answered once for all."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    topic = models.CharField(_("topic"), max_length=12, choices=states.Topic.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title_zh = models.CharField(_("Chinese title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=80)
    text_zh = models.TextField(_("Chinese text"), max_length=3000)
    text_en = models.TextField(_("English text"), max_length=3000)
    is_shown = models.BooleanField(_("shown"), default=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("help article")
        verbose_name_plural = _("help articles")
        ordering = ("topic", "position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_zh if _is_chinese() else self.title_en

    @property
    def text(self) -> str:
        return self.text_zh if _is_chinese() else self.text_en


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
