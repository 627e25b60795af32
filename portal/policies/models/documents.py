"""Documents with their versions, and who agreed to which. Published versions, consents and
withdrawals are append-only by database grants."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.policies.states import NOTICE_PERIOD, DocumentKind


class VersionQuerySet(models.QuerySet["Version"]):
    def begun(self, at: datetime) -> VersionQuerySet:
        """In force at `at` or before."""
        return self.filter(effective_from__lte=at)

    def in_force(self, at: datetime) -> VersionQuerySet:
        """The newest version of each kind that has begun."""
        newer = Version.objects.begun(at).filter(
            kind=OuterRef("kind"), number__gt=OuterRef("number")
        )
        return self.begun(at).filter(~Exists(newer))

    def not_replaced(self, at: datetime) -> VersionQuerySet:
        """In force, or announced and to come."""
        newer = Version.objects.begun(at).filter(
            kind=OuterRef("kind"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(newer))

    def without_consent_of(self, user_id: int) -> VersionQuerySet:
        """Neither this version nor a newer one of its kind has been agreed to."""
        given = Consent.objects.standing().filter(
            user=user_id,
            version__kind=OuterRef("kind"),
            version__number__gte=OuterRef("number"),
        )
        return self.filter(~Exists(given))


class Version(models.Model):
    """One published version of a document. Never changed; a change is the next version."""

    kind = models.CharField(_("document"), max_length=10, choices=DocumentKind.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    text_zh = models.TextField(_("Chinese text"))
    text_en = models.TextField(_("English text"))
    changes_zh = models.CharField(_("what is new, in Chinese"), max_length=300, blank=True)
    changes_en = models.CharField(_("what is new, in English"), max_length=300, blank=True)
    announced_at = models.DateTimeField(_("announced at"))
    effective_from = models.DateTimeField(_("in force from"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("published by")
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        permissions: ClassVar = [("publish_version", "Can write and publish documents")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="version_once"),
            models.UniqueConstraint(fields=["kind", "effective_from"], name="version_one_a_moment"),
            models.CheckConstraint(
                name="version_first_or_announced",
                condition=Q(number=1, effective_from__gte=F("announced_at"))
                | Q(number__gt=1, effective_from__gte=F("announced_at") + NOTICE_PERIOD),
            ),
            models.CheckConstraint(
                name="version_says_what_is_new",
                condition=Q(number=1) | ~Q(changes_zh="") & ~Q(changes_en=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("document_version", args=[self.kind, self.number])

    @property
    def title(self) -> str:
        return str(DocumentKind(self.kind).label)

    @property
    def text(self) -> str:
        return self.text_zh if _is_chinese() else self.text_en

    @property
    def changes(self) -> str:
        return self.changes_zh if _is_chinese() else self.changes_en

    @property
    def is_to_come(self) -> bool:
        return self.effective_from > clock.now()


class Draft(models.Model):
    """The next version of a document while an operator writes it; one of a kind."""

    kind = models.CharField(
        _("document"), max_length=10, choices=DocumentKind.choices, primary_key=True
    )
    text_zh = models.TextField(_("Chinese text"))
    text_en = models.TextField(_("English text"))
    changes_zh = models.CharField(_("what is new, in Chinese"), max_length=300, blank=True)
    changes_en = models.CharField(_("what is new, in English"), max_length=300, blank=True)
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("draft of a document")
        verbose_name_plural = _("drafts of documents")

    def __str__(self) -> str:
        return str(DocumentKind(self.kind).label)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> ConsentQuerySet:
        return self.filter(user=actor.user) if actor.user else self.none()

    def standing(self) -> ConsentQuerySet:
        return self.filter(withdrawal=None)


class Consent(models.Model):
    """Somebody agreed to a version: when, by which door, from which network. `turn` counts how
    often after a withdrawal, so that two clicks at once are one consent."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"))
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="consents", verbose_name=_("version of a document")
    )
    turn = models.PositiveSmallIntegerField(default=1)
    given_at = models.DateTimeField(_("given at"))
    via = models.CharField(_("via"), max_length=16)
    ip_prefix = models.CharField(_("network"), max_length=43, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "version", "turn"], name="consent_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.version}"


class Withdrawal(models.Model):
    """A consent was taken back, once."""

    consent = models.OneToOneField(
        Consent, models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    at = models.DateTimeField(_("withdrawn at"))
    via = models.CharField(_("via"), max_length=16)
    ip_prefix = models.CharField(_("network"), max_length=43, blank=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.consent_id}"


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
