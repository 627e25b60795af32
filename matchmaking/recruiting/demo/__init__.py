from matchmaking.recruiting.demo.posts import make_posts
from matchmaking.recruiting.demo.stories import stories

__all__ = ["make_posts", "stories"]
