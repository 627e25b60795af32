"""A form on its way, in a row of each app's own."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor


class TypedQuerySet(models.QuerySet[Any]):
    """Of a model that says whose a row is: `OWNER` names its key of a party."""

    def owned_by(self, actor: Actor) -> Self:
        owner: str = self.model.OWNER
        return self.filter(**{owner: actor.party_id}) if actor.party_id else self.none()


class TypedForm(models.Model):
    """The form as it was typed, unchecked, so that nothing typed is lost. `version` counts the
    times it was kept: who kept an older one is told. Gone once what it is about is saved.

    `OWNER` and `SUBJECT` name the keys of the party and of what exists already (one to one, none
    for a new one); `PAGE` and `SUBJECT_PAGE` the views where either is gone on with."""

    OWNER: ClassVar[str]
    SUBJECT: ClassVar[str]
    PAGE: ClassVar[str]
    SUBJECT_PAGE: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    values = models.JSONField(_("as typed"))
    version = models.PositiveIntegerField(_("version"), default=1)
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("kept by")
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or str(_("Without a title yet"))

    def get_absolute_url(self) -> str:
        return self.address(getattr(self, f"{self.SUBJECT}_id"), self.pk)

    @classmethod
    def address(cls, subject: int | None, draft_id: object) -> str:
        """Where what is kept is gone on with."""
        if subject is not None:
            return reverse(cls.SUBJECT_PAGE, args=[subject])
        return reverse(cls.PAGE, args=[draft_id]) if draft_id else ""

    @property
    def title(self) -> str:
        return (self.values.get("title") or [""])[0]

    @property
    def subject(self) -> Any:
        return getattr(self, self.SUBJECT)
