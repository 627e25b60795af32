from matchmaking.recruiting.demo.latest import make_latest, make_suggestions
from matchmaking.recruiting.demo.posts import make_posts
from matchmaking.recruiting.demo.stories import stories

__all__ = ["make_latest", "make_posts", "make_suggestions", "stories"]
