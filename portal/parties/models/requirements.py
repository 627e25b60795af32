"""What a party must show, as data: kinds of documents, and who needs which from when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.parties import states
from portal.parties.models.reference import Category, Named


class DocumentKind(Named):
    """A document of identity, or a permit that a category asks for."""

    family = models.CharField(_("family"), max_length=8, choices=states.DocumentFamily.choices)
    why_zh = models.CharField(_("why, in Chinese"), max_length=200)
    why_en = models.CharField(_("why, in English"), max_length=300)
    must_expire = models.BooleanField(_("always has a last day"), default=False)
    is_personal = models.BooleanField(_("shows a person"), default=False)
    is_chain = models.BooleanField(_("comes in links, from one to the next"), default=False)

    class Meta(Named.Meta):
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")

    @property
    def why(self) -> str:
        return self.why_en if (get_language() or "").startswith("en") else self.why_zh

    @property
    def is_permit(self) -> bool:
        return self.family == states.DocumentFamily.PERMIT


class Requirement(models.Model):
    """From a day on, parties of a kind show a document. Of the same `choice`, one is enough."""

    party_kind = models.CharField(
        _("kind of party"), max_length=10, choices=states.PartyKind.choices
    )
    document = models.ForeignKey(DocumentKind, models.PROTECT, verbose_name=_("document"))
    level = models.CharField(_("level"), max_length=8, choices=states.Level.choices)
    choice = models.SlugField(
        _("choice"), max_length=20, blank=True, help_text=_("One document of a choice is enough.")
    )
    starts_on = models.DateField(_("from"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_party_kind_display()} · {self.document} · {self.get_level_display()}"


class DocumentRule(Requirement):
    """What a kind of party shows of itself. The newest row that has begun counts."""

    applies = models.CharField(
        _("concerns"),
        max_length=6,
        choices=states.Applies.choices,
        default=states.Applies.ALWAYS,
    )

    class Meta:
        verbose_name = _("document rule")
        verbose_name_plural = _("document rules")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party_kind", "document", "applies", "starts_on"],
                name="document_rule_once_a_day",
            )
        ]


class PermitRule(Requirement):
    """What trading in a category asks for. The newest row that has begun counts."""

    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"))

    class Meta:
        verbose_name = _("permit rule")
        verbose_name_plural = _("permit rules")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party_kind", "category", "document", "starts_on"],
                name="permit_rule_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} · {super().__str__()}"
