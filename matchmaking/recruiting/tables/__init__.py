"""Lists of posts and applications that sort, filter, remember columns and export."""

from matchmaking.recruiting.tables.applications import APPLICATIONS, SENT
from matchmaking.recruiting.tables.posts import EVERY_POST, POSTS
from matchmaking.recruiting.tables.tones import TONES

__all__ = ["APPLICATIONS", "EVERY_POST", "POSTS", "SENT", "TONES"]
