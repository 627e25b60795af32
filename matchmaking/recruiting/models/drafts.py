"""What is being written, what one begins from, and what one looks for again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.models.posts import Post
from portal.core.actor import Actor
from portal.core.drafts.models import TypedForm, TypedQuerySet
from portal.parties.models import Party


class PostDraft(TypedForm):
    """A post on its way."""

    OWNER, SUBJECT = "party", "post"
    PAGE, SUBJECT_PAGE = "post_draft", "post_edit"

    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("poster"))
    post = models.OneToOneField(
        Post, models.PROTECT, null=True, related_name="typed", verbose_name=_("post")
    )

    objects = TypedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unfinished post")
        verbose_name_plural = _("unfinished posts")
        constraints: ClassVar = [
            models.CheckConstraint(name="post_draft_version", condition=Q(version__gte=1))
        ]
        indexes: ClassVar = [
            models.Index(fields=["party", "-kept_at"], name="post_draft_of_party"),
            models.Index(fields=["kept_at"], name="post_draft_by_age"),
        ]


class PostTemplateQuerySet(models.QuerySet["PostTemplate"]):
    def owned_by(self, actor: Actor) -> PostTemplateQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()


class PostTemplate(models.Model):
    """What a poster's next post may begin from. Days are not part of it."""

    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("poster"))
    name = models.CharField(_("name"), max_length=40)
    values = models.JSONField(_("values"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = PostTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a post")
        verbose_name_plural = _("templates of posts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "name"], name="post_template_name"),
            models.CheckConstraint(name="post_template_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class PostSearchQuerySet(models.QuerySet["PostSearch"]):
    def owned_by(self, actor: Actor) -> PostSearchQuerySet:
        return self.filter(party=actor.party_id) if actor.party_id else self.none()


class PostSearch(models.Model):
    """What a party looks for among the open posts, as the address of the list says it."""

    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"))
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(_("search"), max_length=400)
    saved_at = models.DateTimeField(_("saved at"))

    objects = PostSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search of posts")
        verbose_name_plural = _("saved searches of posts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "name"], name="post_search_name"),
            models.CheckConstraint(name="post_search_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return f"{reverse('post_list')}?{self.query}"
