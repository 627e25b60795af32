from matchmaking.recruiting.api.applications import ApplicationViewSet
from matchmaking.recruiting.api.kept import (
    PostDraftViewSet,
    PostSearchViewSet,
    PostTemplateViewSet,
)
from matchmaking.recruiting.api.posts import PostViewSet

__all__ = [
    "ApplicationViewSet",
    "PostDraftViewSet",
    "PostSearchViewSet",
    "PostTemplateViewSet",
    "PostViewSet",
]
