"""How many follow each creator of the demo, and what they buy: drawn from a stream of its own, by
trade and size, so that followers, views and sales go together."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from portal.parties.demo.portraits import Portrait

FOLLOWERS_A_SIZE, MOST_FOLLOWERS = 3_200, 38_000_000
AVERAGE_PRICES = {  # yuan a piece, on average
    "home": 49,
    "beauty": 119,
    "food": 45,
    "apparel": 99,
    "shoes-bags": 149,
    "fresh": 39,
    "baby": 79,
    "digital": 199,
    "sports": 129,
    "pets": 59,
    "health": 139,
    "auto": 89,
    "books": 42,
    "gifts": 69,
}
RARE = 0.07  # creators of whom nothing is known


@dataclass(frozen=True, slots=True)
class Audience:
    """Money in fen, commission in basis points; of the last 30 days."""

    followers: int
    shopping_followers: int
    videos: int
    average_views: int
    average_viewers: int
    live_minutes: int
    gpm_fen: int
    average_price_fen: int
    commission_bp: int
    promised: int
    kept: int
    deposit_fen: int


def audience_of(portrait: Portrait) -> Audience | None:
    """None: nobody has said anything of this creator."""
    random = Random(f"audience:{portrait.number}")
    if random.random() < RARE:
        return None
    size, price = portrait.size, AVERAGE_PRICES[portrait.main.code] * random.lognormvariate(0, 0.25)
    followers = min(int(FOLLOWERS_A_SIZE * size * random.lognormvariate(0, 0.5)), MOST_FOLLOWERS)
    views = int(followers**0.93 * random.uniform(0.18, 0.75))
    minutes = random.choice((0, 0, 300, 900, 1_500, 2_400, 4_200)) + random.randint(0, 120)
    promised = random.choice((0, 3, 6, 10, 16, 24)) if portrait.level > 1 else random.choice((0, 3))
    return Audience(
        followers=followers,
        shopping_followers=int(followers * random.betavariate(2, 12)),
        videos=random.randint(14, 60) + int(140 * random.random() * portrait.level),
        average_views=views,
        average_viewers=int(views * random.uniform(0.01, 0.06)) if minutes > 200 else 0,
        live_minutes=minutes,
        gpm_fen=round(price * random.uniform(4, 14)) * 100,
        average_price_fen=round(price) * 100,
        commission_bp=random.choice((1_000, 1_500, 1_500, 2_000, 2_000, 2_500, 3_000)),
        promised=promised,
        kept=sum(random.random() < 0.94 for _each in range(promised)),
        deposit_fen=50_000 if random.random() < 0.9 else 0,
    )
