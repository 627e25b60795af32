"""First steps: saying which goods one looks for, and offering one's own."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from matchmaking.recruiting.models import Application, Post
from matchmaking.recruiting.states import PostStatus
from portal.parties.onboarding import register_step
from portal.parties.states import PartyKind

for kind in (PartyKind.AGENCY, PartyKind.CREATOR):
    register_step(
        kind,
        "post",
        _("Publish a post: which goods you look for"),
        lambda actor: reverse("post_create"),
        lambda actor: Post.objects.filter(poster=actor.party).exclude(status=PostStatus.DRAFT),
    )
register_step(
    PartyKind.MERCHANT,
    "application",
    _("Apply with a product to a creator's post"),
    lambda actor: reverse("post_list"),
    lambda actor: Application.objects.filter(product__merchant=actor.party),
)
