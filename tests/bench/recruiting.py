"""The table of applications of one post with 5,000 and with 50,000 of them, beside the same page of
a post with 50; and the pages that suggest, over a pool of as many products.

Pages answer in this process with everything around them: session, party, queries, templates.
"""

from __future__ import annotations

import copy
import os
import re
from html import unescape
from random import Random
from typing import Any

import django

from tests.bench import Row, median_ms

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
FEW, MANY, TEN_TIMES = 50, 5_000, 50_000
MERCHANTS, REPEATS = 40, 7
LIST = "/recruiting/applications/?post="
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def run() -> list[Row]:
    django.setup()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    world = _World()
    small = world.post_with(FEW)
    rows: list[Row] = []
    for count in (MANY, TEN_TIMES):
        post = world.post_with(count)
        world.analyse()
        for what, query, limit in (
            ("best first", "", 2),
            ("by commission", "&sort=-commission", 2),
            ("by category fit", "&sort=-part_category", 3),
            ("those that wait", "&status=live&waits=poster", 3),
        ):
            rows.append(
                world.compared(f"{count:,} applications, {what}", post, small, query, limit)
            )
        rows.append(world.queries(f"{count:,} applications, queries of the table", post, small))
        rows.append(
            world.page(f"{count:,} applications, the post's own page", f"/recruiting/{post}/")
        )
    rows.append(world.deep(f"{TEN_TIMES:,} applications, the hundredth page", post, small))
    rows.append(
        world.page(
            f"suggestions for a post, pool of {TEN_TIMES:,}", f"/recruiting/{post}/suggestions/"
        )
    )
    return rows


class _World:
    """One creator, forty merchants, products and applications by the thousand."""

    def __init__(self) -> None:
        from django.test import Client

        from portal.core.actor import Actor, system_actor
        from portal.parties.reference import load_reference
        from portal.parties.states import PartyKind
        from tests import factories

        load_reference(system_actor("command"))
        creator = factories.listed_party(PartyKind.CREATOR, "小满的厨房")
        owner = creator.membership_set.get().user
        self.actor = Actor(owner, creator, "owner", "web")
        merchants = [
            factories.listed_party(PartyKind.MERCHANT, f"商家{n}") for n in range(MERCHANTS)
        ]
        speakers = [Actor(m.membership_set.get().user, m, "owner", "web") for m in merchants]
        post = factories.open_post(self.actor)
        self.first = [factories.submitted_application(one, post) for one in speakers]
        self.client = Client()
        self.client.force_login(owner)

    def post_with(self, count: int) -> int:
        """A post with as many applications, each of a product of its own."""
        from portal.core import bulk
        from tests import factories

        post, random = factories.open_post(self.actor), Random(count)
        models = [self.first[n % MERCHANTS] for n in range(count)]
        products = [self._copy(one.product, random, upstream_id="") for one in models]
        bulk.number(products)
        bulk.insert(products)
        rows = []
        for model, product in zip(models, products, strict=True):
            row = self._copy(model, random, post=post, product=product)
            row.match_bp, row.commission_bp = random.randint(3_000, 9_500), product.commission_bp
            row.parts = [random.randint(0, 30_000), *model.parts[1:]]
            row.price_fen = product.price_fen
            if random.random() < 0.6:
                row.status, row.reason, row.ended_at = "rejected", "price", row.submitted_at
            rows.append(row)
        bulk.number(rows)
        bulk.insert(rows)
        return int(post.pk)

    def _copy(self, row: Any, random: Random, **changes: Any) -> Any:
        made = copy.copy(row)
        made.pk, made._state = None, copy.copy(row._state)
        for name, value in changes.items():
            setattr(made, name, value)
        if hasattr(made, "stock"):
            made.price_fen = random.randint(2_000, 20_000)
            made.commission_bp = random.randint(2_000, 4_500)
        return made

    def analyse(self) -> None:
        """As the database does by itself after a while; only who owns a table may ask for it."""
        from django.db import connections

        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")

    def compared(self, work: str, post: int, small: int, query: str, limit: float) -> Row:
        ours, floor = median_ms(
            lambda: self._get(f"{LIST}{post}{query}"),
            lambda: self._get(f"{LIST}{small}{query}"),
            repeats=REPEATS,
        )
        return Row(f"{work}, beside a post with {FEW}", ours, floor, "ms", "≤", limit)

    def page(self, work: str, path: str) -> Row:
        (ours,) = median_ms(lambda: self._get(path), repeats=REPEATS)
        return Row(work, ours, None, "ms", "≤", 400)

    def deep(self, work: str, post: int, small: int) -> Row:
        """As somebody comes there who pages on and on, beside the only page of a small post."""
        path = f"{LIST}{post}"
        for _ in range(99):
            [link] = NEXT.findall(self._get(path).decode())
            path = f"/recruiting/applications/{unescape(link)}"
        ours, floor = median_ms(
            lambda: self._get(path), lambda: self._get(f"{LIST}{small}"), repeats=REPEATS
        )
        return Row(f"{work}, beside a post with {FEW}", ours, floor, "ms", "≤", 2)

    def queries(self, work: str, post: int, small: int) -> Row:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        counts = []
        for one in (post, small):
            with CaptureQueriesContext(connection) as seen:
                self._get(f"{LIST}{one}")
            counts.append(len(seen))
        return Row(work, counts[0], counts[1], "", "≤", 1)

    def _get(self, path: str) -> bytes:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return bytes(answer.content)
