"""Listed words, and the cases an operator decides."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.moderation import states


class Word(models.Model):
    """A word that is refused, looked at, or spared. The operators' own list."""

    text = models.CharField(_("word"), max_length=40)
    folded = models.CharField(max_length=80, unique=True, editable=False)
    category = models.CharField(_("category"), max_length=12, choices=states.WordCategory.choices)
    level = models.CharField(_("level"), max_length=8, choices=states.Level.choices)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    class Meta:
        verbose_name = _("listed word")
        verbose_name_plural = _("listed words")
        constraints: ClassVar = [
            models.CheckConstraint(name="word_is_something", condition=~Q(folded=""))
        ]

    def __str__(self) -> str:
        return self.text


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """One's own, and those of the party one speaks for."""
        if actor.user is None:
            return self.none()
        seen = Q(author=actor.user)
        if actor.party_id is not None:
            seen |= Q(party_id=actor.party_id)
        return self.filter(seen)

    def about(self, obj: models.Model) -> CaseQuerySet:
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))

    def holding(self) -> CaseQuerySet:
        return self.filter(state__in=states.HOLDING)

    def waiting(self) -> CaseQuerySet:
        return self.filter(state__in=states.WAITING)


class Case(models.Model):
    """One text of one field, or one picture, that a person looks at. `digest` is of the text or
    the picture's file: the same again is the same case."""

    kind = models.CharField(_("kind"), max_length=5, choices=states.CaseKind.choices)
    object_type = models.CharField(_("object type"), max_length=64)
    object_id = models.CharField(_("object"), max_length=64)
    field = models.CharField(_("field"), max_length=40)
    digest = models.CharField(max_length=64)
    excerpt = models.CharField(_("excerpt"), max_length=200, blank=True)
    words = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("words"))
    file_id = models.UUIDField(_("picture"), null=True)
    url = models.CharField(_("page"), max_length=200)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    party_id = models.BigIntegerField(_("party"), null=True)  # moderation knows no parties
    state = models.CharField(
        _("state"), max_length=8, choices=states.CaseState.choices, default=states.CaseState.OPEN
    )
    opened_at = models.DateTimeField(_("opened at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    appealed_at = models.DateTimeField(_("appealed at"), null=True)
    appeal = models.CharField(_("appeal"), max_length=600, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("appeal decided by"),
    )
    second_at = models.DateTimeField(_("appeal decided at"), null=True)
    second_reason = models.CharField(_("reason of the appeal's answer"), max_length=300, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        permissions: ClassVar = [("decide_case", "Can pass or refuse texts and pictures")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "field", "digest"], name="case_once"
            ),
            models.CheckConstraint(
                name="case_refusal_has_reason",
                condition=~Q(state__in=["refused", "appealed", "upheld", "reversed"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="case_appeal_has_words",
                condition=~Q(state__in=["appealed", "upheld", "reversed"])
                | Q(appealed_at__isnull=False) & ~Q(appeal=""),
            ),
            models.CheckConstraint(
                name="case_appeal_second_person",
                condition=~Q(state__in=["upheld", "reversed"])
                | Q(second_by__isnull=False, second_at__isnull=False)
                & ~Q(second_reason="")
                & ~Q(second_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="case_picture_has_file",
                condition=Q(kind="image", file_id__isnull=False)
                | Q(kind="text", file_id__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["opened_at"],
                condition=Q(state__in=["open", "appealed"]),
                name="case_queue",
            ),
            models.Index(fields=["party_id", "-id"], name="case_of_party"),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} · {self.field}"

    def get_absolute_url(self) -> str:
        return reverse("case_detail", args=[self.pk])
