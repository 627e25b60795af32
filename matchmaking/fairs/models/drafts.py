"""A sign-up on its way: typed before the opening second, or left half way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from matchmaking.fairs.models.fairs import Fair
from portal.core.drafts.models import TypedForm, TypedQuerySet
from portal.parties.models import Party


class SignUpDraft(TypedForm):
    """One of a party for a fair, an agency's for whom it brings next. Gone once it has signed up,
    or sign-up is over."""

    OWNER, SUBJECT = "party", "fair"
    PAGE, SUBJECT_PAGE = "", "sign_up_create"

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    fair = models.ForeignKey(Fair, models.PROTECT, related_name="+", verbose_name=_("fair"))

    objects = TypedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unfinished sign-up")
        verbose_name_plural = _("unfinished sign-ups")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "fair"], name="sign_up_draft_once"),
            models.CheckConstraint(name="sign_up_draft_version", condition=Q(version__gte=1)),
        ]
        indexes: ClassVar = [models.Index(fields=["fair"], name="sign_up_draft_of_fair")]

    @property
    def title(self) -> str:
        return self.fair.title
