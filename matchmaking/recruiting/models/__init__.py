from matchmaking.recruiting.models.applications import Application, Offer, PostApplicationQuerySet
from matchmaking.recruiting.models.drafts import PostDraft, PostSearch, PostTemplate
from matchmaking.recruiting.models.posts import Post, PostQuerySet
from matchmaking.recruiting.models.promises import Promise

__all__ = [
    "Application",
    "Offer",
    "Post",
    "PostApplicationQuerySet",
    "PostDraft",
    "PostQuerySet",
    "PostSearch",
    "PostTemplate",
    "Promise",
]
