"""Questions a person asks of a directory again and again."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core.actor import Actor
from portal.parties.models import Party
from portal.parties.states import PartyKind

LONGEST_NAME, LONGEST_QUERY = 60, 2_000


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, actor: Actor) -> SavedSearchQuerySet:
        """A person's own, for the party they speak for; colleagues keep theirs."""
        if actor.party is None or actor.user is None:
            return self.none()
        return self.filter(person=actor.user, party=actor.party)


class SavedSearch(models.Model):
    """What was asked, under a name. `query` is the address' own text without order and cursor;
    `seen_at`: who came in later is new to this person; `told_at`: later ones are told of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    kind = models.CharField(_("directory"), max_length=10, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    is_told = models.BooleanField(_("tell me of new ones"), default=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "party", "kind", "query"], name="search_saved_once"
            ),
            models.UniqueConstraint(fields=["person", "party", "name"], name="search_named_once"),
            models.CheckConstraint(name="search_has_name", condition=~models.Q(name="")),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["kind", "query"], condition=models.Q(is_told=True), name="search_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lists(self) -> dict[str, list[str]]:
        """What the address says: codes by group, and the words as `q`."""
        return dict(QueryDict(self.query).lists())

    @property
    def results_url(self) -> str:
        return f"{reverse(f'{self.kind}_list')}?{self.query}"
