"""What is being written, and what one begins from: neither is a need yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.needs.models.needs import Need
from portal.core.actor import Actor
from portal.core.drafts.models import TypedForm, TypedQuerySet
from portal.parties.models import Party


class NeedDraft(TypedForm):
    """A brief on its way."""

    OWNER, SUBJECT = "merchant", "need"
    PAGE, SUBJECT_PAGE = "need_draft", "need_edit"

    merchant = models.ForeignKey(Party, models.PROTECT, verbose_name=_("merchant"))
    need = models.OneToOneField(
        Need, models.PROTECT, null=True, related_name="typed", verbose_name=_("need")
    )

    objects = TypedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unfinished need")
        verbose_name_plural = _("unfinished needs")
        constraints: ClassVar = [
            models.CheckConstraint(name="need_draft_version", condition=Q(version__gte=1))
        ]
        indexes: ClassVar = [
            models.Index(fields=["merchant", "-kept_at"], name="need_draft_of_merchant"),
            models.Index(fields=["kept_at"], name="need_draft_by_age"),
        ]


class ProposalDraft(TypedForm):
    """An answer on its way: one of a bidder to a need."""

    OWNER, SUBJECT = "party", "need"
    PAGE, SUBJECT_PAGE = "", "proposal_edit"

    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("bidder"))
    need = models.ForeignKey(Need, models.PROTECT, related_name="+", verbose_name=_("need"))

    objects = TypedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unfinished proposal")
        verbose_name_plural = _("unfinished proposals")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "need"], name="proposal_draft_once"),
            models.CheckConstraint(name="proposal_draft_version", condition=Q(version__gte=1)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-kept_at"], name="proposal_draft_of_party"),
            models.Index(fields=["kept_at"], name="proposal_draft_by_age"),
        ]

    @property
    def title(self) -> str:
        return self.need.title


class NeedTemplateQuerySet(models.QuerySet["NeedTemplate"]):
    def owned_by(self, actor: Actor) -> NeedTemplateQuerySet:
        return self.filter(merchant=actor.party_id) if actor.party_id else self.none()

    def usable_by(self, actor: Actor) -> NeedTemplateQuerySet:
        """The house's and one's own, these first."""
        own = Q(merchant=actor.party_id) if actor.party_id else Q(pk=None)
        return self.filter(own | Q(merchant=None, is_shown=True)).order_by(
            models.F("merchant").asc(nulls_last=True), "name"
        )


class NeedTemplate(models.Model):
    """What a need may begin from: a merchant's own, or the house's (no merchant). Days are not
    part of it."""

    merchant = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, verbose_name=_("merchant")
    )
    name = models.CharField(_("name"), max_length=40)
    values = models.JSONField(_("values"))
    is_shown = models.BooleanField(_("shown"), default=True)
    changed_at = models.DateTimeField(_("changed at"), editable=False)

    objects = NeedTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a need")
        verbose_name_plural = _("templates of needs")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merchant", "name"], name="need_template_name", nulls_distinct=False
            ),
            models.CheckConstraint(name="need_template_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
