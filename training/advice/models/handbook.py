"""The growth handbook: chapters, their published versions, what is being written, who read what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.parties.states import PartyKind


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def kinds_field() -> ArrayField[Sequence[str], list[str]]:
    """Kinds of party; none is everybody."""
    kind = models.CharField(max_length=10, choices=PartyKind.choices)
    return ArrayField(kind, default=list, blank=True, verbose_name=_("written for"))


class Chapter(models.Model):
    """One chapter in its place. What stands in it are its versions; taken out, it is not shown."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    created_at = models.DateTimeField(_("created at"))
    retired_at = models.DateTimeField(_("taken out at"), null=True)

    class Meta:
        verbose_name = _("chapter of the handbook")
        verbose_name_plural = _("chapters of the handbook")
        permissions: ClassVar = [("edit_handbook", "Can write and publish the handbook")]
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["position"],
                name="chapter_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("chapter_detail", args=[self.code])


class ChapterText(models.Model):
    """A chapter in both languages."""

    title_zh = models.CharField(_("Chinese title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=90)
    summary_zh = models.CharField(_("Chinese summary"), max_length=160)
    summary_en = models.CharField(_("English summary"), max_length=240)
    text_zh = models.TextField(_("Chinese text"))
    text_en = models.TextField(_("English text"))
    audience = kinds_field()

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return self.title_zh if in_chinese() else self.title_en

    @property
    def summary(self) -> str:
        return self.summary_zh if in_chinese() else self.summary_en

    @property
    def text(self) -> str:
        return self.text_zh if in_chinese() else self.text_en

    @property
    def audience_names(self) -> list[str]:
        return [str(PartyKind(kind).label) for kind in self.audience]


class ChapterVersionQuerySet(models.QuerySet["ChapterVersion"]):
    def newest(self) -> ChapterVersionQuerySet:
        """The last one of each chapter."""
        later = ChapterVersion.objects.filter(
            chapter=OuterRef("chapter"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))

    def shown(self) -> ChapterVersionQuerySet:
        """The handbook as it stands, in its order."""
        standing = self.newest().filter(chapter__retired_at=None)
        return standing.select_related("chapter").order_by("chapter__position")

    def for_kind(self, kind: str) -> ChapterVersionQuerySet:
        return self.filter(Q(audience=[]) | Q(audience__contains=[kind]))

    def saying(self, word: str) -> ChapterVersionQuerySet:
        """In either language."""
        names = ("title_zh", "title_en", "summary_zh", "summary_en", "text_zh", "text_en")
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": word})
        return self.filter(found)


class ChapterVersion(ChapterText):
    """One published version; never changed, a change is the next one."""

    chapter = models.ForeignKey(Chapter, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    changes_zh = models.CharField(_("what is new, in Chinese"), max_length=200, blank=True)
    changes_en = models.CharField(_("what is new, in English"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = ChapterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a chapter")
        verbose_name_plural = _("versions of chapters")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chapter", "number"], name="chapter_version_number"),
            models.CheckConstraint(
                name="chapter_version_says_what_changed",
                condition=Q(number=1) | ~Q(changes_zh="") & ~Q(changes_en=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("chapter_version", args=[self.chapter.code, self.number])

    @property
    def changes(self) -> str:
        return self.changes_zh if in_chinese() else self.changes_en


class ChapterDraft(ChapterText):
    """What an operator is writing; one a chapter, gone once it is published."""

    chapter = models.OneToOneField(
        Chapter, models.CASCADE, primary_key=True, related_name="draft", verbose_name=_("chapter")
    )
    changed_at = models.DateTimeField(_("changed at"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("draft of a chapter")
        verbose_name_plural = _("drafts of chapters")

    def __str__(self) -> str:
        return self.title


class ReadMark(models.Model):
    """A person has read a chapter, as it stood in one of its versions."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="marks")
    number = models.PositiveSmallIntegerField(_("version"))
    at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("chapter that was read")
        verbose_name_plural = _("chapters that were read")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "chapter"], name="read_mark_once"),
            models.CheckConstraint(name="read_mark_of_a_version", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.chapter_id} · {self.number}"
