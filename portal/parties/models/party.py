"""Parties, the people who speak for them, and what they say of themselves."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.actor import Actor
from portal.parties import states
from portal.parties.models.reference import Category, City, ServiceType
from portal.parties.profile_states import FactPart

if TYPE_CHECKING:
    from portal.parties.models.user import User


def regions_of(user: User | AnonymousUser) -> list[str]:
    """Where an operator works; empty means everywhere."""
    scope = getattr(user, "staffscope", None)
    return scope.regions if scope else []


def in_world_of(actor: Actor, field: str) -> Q:
    """Where the party in `field` is in the actor's world: the real one, or their sandbox."""
    world = actor.party.sandbox_of_id if actor.party is not None else None
    return Q(**{f"{field}__sandbox_of": world})


class PartyQuerySet(models.QuerySet["Party"]):
    def listed(self) -> PartyQuerySet:
        return self.filter(status=states.PartyStatus.LISTED, sandbox_of=None)

    def providers(self) -> PartyQuerySet:
        return self.filter(kind=states.PartyKind.PROVIDER)

    def spoken_for_by(self, user: User) -> PartyQuerySet:
        return self.filter(membership__user=user)

    def visible_to(self, actor: Actor) -> PartyQuerySet:
        """The parties whose own pages this person may open: those they are a member of."""
        if actor.key_id:  # a key knows its own party only, whatever else its maker speaks for
            return self.filter(pk=actor.party_id)
        return self.spoken_for_by(actor.user) if actor.user else self.none()

    def awaiting_review(self) -> PartyQuerySet:
        return self.filter(status=states.PartyStatus.SUBMITTED)

    def in_scope_of(self, user: User | AnonymousUser) -> PartyQuerySet:
        """Within an operator's regions; an operator without a scope sees all."""
        regions = regions_of(user)
        return self.filter(city__region__in=regions) if regions else self


class Party(models.Model):
    """Anyone who can sign something."""

    kind = models.CharField(_("kind"), max_length=10, choices=states.PartyKind.choices)
    name = models.CharField(_("short name"), max_length=40)
    legal_name = models.CharField(_("registered name"), max_length=80)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    city = models.ForeignKey(City, models.PROTECT, verbose_name=_("city"))
    wanted_name = models.CharField(_("name held for a look"), max_length=40, blank=True)
    logo = models.UUIDField(_("logo shown"), null=True)  # of `PartyPicture`, written by its service
    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    intro_held = models.BooleanField(_("introduction held for a look"), default=False)
    contact_name = models.CharField(_("contact person"), max_length=40)
    contact_phone = models.CharField(_("contact phone"), max_length=20)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=states.PartyStatus.choices,
        default=states.PartyStatus.DRAFT,
    )
    status_note = models.TextField(_("what the reviewer said"), blank=True)
    taken_from = models.CharField(_("taken from"), max_length=60, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed", verbose_name=_("merged into")
    )
    created_at = models.DateTimeField(_("created at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    verified_at = models.DateTimeField(_("verified at"), null=True)
    updated_at = models.DateTimeField(_("updated at"))
    sandbox_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="sandboxes", verbose_name=_("sandbox of")
    )
    members: models.ManyToManyField[User, Membership] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership"
    )

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        permissions: ClassVar = [
            ("review_party", "Can approve or return applications"),
            ("merge_party", "Can make one party of two"),
            ("import_party", "Can take in parties from public data"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                # A draft proves nothing: it must not keep others from their own code.
                fields=["kind", "uscc"],
                condition=~Q(uscc="") & Q(verified_at__isnull=False),
                name="party_uscc_once_in_a_role",
            ),
            models.CheckConstraint(
                name="party_submitted_has_time",
                condition=Q(status__in=["draft", "closed"]) | Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="party_verified_has_time",
                condition=Q(status__in=["draft", "submitted", "need_info", "refused", "closed"])
                | Q(verified_at__isnull=False),
            ),
            models.CheckConstraint(
                name="party_merged_is_closed",
                condition=Q(merged_into__isnull=True)
                | Q(status="closed") & ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="party_sandbox_is_never_listed",
                condition=Q(sandbox_of=None) | ~Q(status="listed"),
            ),
            models.CheckConstraint(
                name="party_answer_says_why",
                condition=~Q(status__in=["need_info", "refused"]) | ~Q(status_note=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "status"], name="party_by_kind"),
            models.Index(
                fields=["submitted_at"], condition=Q(status="submitted"), name="party_queue"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("party_detail", args=[self.pk])

    @property
    def own_name(self) -> str:
        """What it calls itself, even while others read its former name or its number."""
        return self.wanted_name or self.name

    @property
    def public_intro(self) -> str:
        """What others read; nothing while a person looks at it."""
        return "" if self.intro_held else self.intro

    @property
    def is_trusted(self) -> bool:
        """Identity checked, and neither suspended nor closed."""
        return self.status in states.TRUSTED

    @property
    def is_public(self) -> bool:
        """Whether strangers find it."""
        return self.status == states.PartyStatus.LISTED and not self.is_sandbox

    @property
    def public_logo(self) -> uuid.UUID | None:
        """The picture that everybody may read; who is not listed is shown by a letter."""
        return self.logo if self.is_public else None

    @property
    def is_sandbox(self) -> bool:
        """Made to try the API with: nobody else sees it, and it deals with its like only."""
        return self.sandbox_of_id is not None

    @property
    def is_natural_person(self) -> bool:
        """Whose names are a person's, and go when the person is erased."""
        return self.kind == states.PartyKind.CREATOR and not self.uscc

    @property
    def subject(self) -> str:
        """Under whose key the trail seals this party's personal values."""
        return f"party:{self.pk}"

    @property
    def waiting_since(self) -> datetime | None:
        return self.submitted_at if self.status == states.PartyStatus.SUBMITTED else None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def settled(self) -> MembershipQuerySet:
        """Long enough in their role that whoever let them in would have been noticed."""
        since = Coalesce("role_since", "created_at")
        return self.alias(since=since).filter(since__lte=clock.now() - states.SETTLED_AFTER)


class Membership(models.Model):
    """A person who may speak for a party, in a role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("person"))
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    role = models.CharField(_("role"), max_length=8, choices=states.Role.choices)
    created_at = models.DateTimeField(_("created at"))
    # Empty: from the start.
    role_since = models.DateTimeField(_("in this role since"), null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "party"], name="membership_once"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(role="owner"), name="membership_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.party} · {self.get_role_display()}"


class PartyCategory(models.Model):
    """How much of a party's business is in a category, in percent; a party's rows sum to 100."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="category_shares")
    category = models.ForeignKey(Category, models.PROTECT)
    share = models.PositiveSmallIntegerField(_("share (%)"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "category"], name="party_category_once"),
            models.CheckConstraint(
                name="party_category_share", condition=Q(share__gte=1, share__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.share}%"


class ProviderProfile(models.Model):
    """What a provider does, where, for how much a month (fen), and how many cooperations at once.
    `busy_elsewhere`: those it runs outside of this site. No capacity: it has not said."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="profile")
    services: models.ManyToManyField[ServiceType, models.Model] = models.ManyToManyField(
        ServiceType, verbose_name=_("services")
    )
    cities: models.ManyToManyField[City, models.Model] = models.ManyToManyField(
        City, blank=True, verbose_name=_("cities served on site")
    )
    works_remotely = models.BooleanField(_("works remotely"), default=False)
    price_low_fen = models.BigIntegerField(_("from (a month)"))
    price_high_fen = models.BigIntegerField(_("to (a month)"))
    fact_parts = ArrayField(
        models.CharField(max_length=12, choices=FactPart.choices),
        default=list,
        blank=True,
        verbose_name=_("parts of the business it serves"),
    )
    capacity = models.PositiveSmallIntegerField(_("cooperations at once"), null=True)
    busy_elsewhere = models.PositiveSmallIntegerField(_("of these outside of here"), default=0)

    class Meta:
        verbose_name = _("provider profile")
        verbose_name_plural = _("provider profiles")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="profile_price_band",
                condition=Q(price_low_fen__gte=0, price_high_fen__gte=F("price_low_fen")),
            ),
            models.CheckConstraint(
                name="profile_fact_parts", condition=Q(fact_parts__contained_by=FactPart.values)
            ),
            models.CheckConstraint(
                name="profile_capacity",
                condition=Q(capacity__isnull=True, busy_elsewhere=0)
                | Q(capacity__gte=1, capacity__lte=999, busy_elsewhere__lte=F("capacity")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id}"

    @property
    def fact_labels(self) -> list[str]:
        return [str(FactPart(part).label) for part in self.fact_parts]
