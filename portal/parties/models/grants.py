"""A party lets another one's keys act for it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.parties.models.party import Party
from portal.parties.states import Scope


class KeyGrantQuerySet(models.QuerySet["KeyGrant"]):
    def live(self, now: datetime) -> KeyGrantQuerySet:
        return self.filter(ended_at=None, expires_at__gt=now)


class KeyGrant(models.Model):
    """Keys of the taker open these scopes of the giver's, as far as they have them themselves:
    an ERP acts for many merchants with one key. Either side ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    giver = models.ForeignKey(
        Party, models.PROTECT, related_name="grants_given", verbose_name=_("for")
    )
    taker = models.ForeignKey(
        Party, models.PROTECT, related_name="grants_taken", verbose_name=_("keys of")
    )
    scopes = ArrayField(
        models.CharField(max_length=20, choices=Scope.choices), verbose_name=_("scopes")
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("last used"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )

    objects = KeyGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("right for keys of others")
        verbose_name_plural = _("rights for keys of others")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["giver", "taker"],
                condition=Q(ended_at=None),
                name="key_grant_one_open",
            ),
            models.CheckConstraint(name="key_grant_to_another", condition=~Q(giver=F("taker"))),
            models.CheckConstraint(name="key_grant_of_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="key_grant_expires_later", condition=Q(expires_at__gt=F("created_at"))
            ),
            models.CheckConstraint(
                name="key_grant_ended_by_somebody",
                condition=Q(ended_at__isnull=False) | Q(ended_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taker} → {self.giver}"

    @property
    def is_live(self) -> bool:
        return self.ended_at is None and self.expires_at > clock.now()

    @property
    def scope_names(self) -> list[str]:
        return [str(Scope(scope).label) for scope in self.scopes]
