"""Many posts with all that was offered to them, for the demo: the rows are those of the single
services, the same thresholds judge each pair, and tables are written a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import append_first_versions, append_papers
from matchmaking.recruiting import rules
from matchmaking.recruiting.matching import judge_pairs
from matchmaking.recruiting.models import Post
from matchmaking.recruiting.services.chronicle import Chronicle
from matchmaking.recruiting.services.lives import Acting, PostLife
from matchmaking.recruiting.services.promises import promise_of
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.notices.services import notify_many
from portal.policies.dated import read_dated_rules


@transaction.atomic
def write_posts(actor: Actor, *, lives: Sequence[PostLife], acting: Acting) -> list[Post]:
    """All of them, or none: a post that is not sound, or an offer that lacks something its post
    asks for, refuses the whole."""
    rules.can_write_in_bulk(actor).require()
    known = read_dated_rules()
    for life in lives:
        with clock.standing_at(life.created_at):
            rules.post_is_sound(life.fields, known).require()
    chronicle = Chronicle(actor, acting, lives)
    judged = judge_pairs(
        chronicle.posts,
        [life.fields.category_ids for life in lives],
        [
            (place, one.product, one.fields, clock.day_of(one.submitted_at))
            for place, life in enumerate(lives)
            for one in life.applications
        ],
    )
    rules.meets_thresholds(judged.gaps).require()
    firsts = _firsts(lives)
    chronicle.tell(lambda post, number: judged.scores[firsts[post] + number])
    _write(chronicle)
    return chronicle.posts


def _firsts(lives: Sequence[PostLife]) -> list[int]:
    """Where the applications of each post begin among all of them."""
    firsts, count = [], 0
    for life in lives:
        firsts.append(count)
        count += len(life.applications)
    return firsts


def _write(chronicle: Chronicle) -> None:
    bulk.insert(chronicle.posts)
    told = zip(chronicle.posts, chronicle.lives, strict=True)
    _link(
        Post.categories.through,
        "post_id",
        [(post.pk, key) for post, life in told for key in dict.fromkeys(life.fields.category_ids)],
    )
    accepted = [row for row, _at in chronicle.accepted]
    agreed = [
        (chronicle.acting(row.post.poster), made)
        for row, made in zip(accepted, chronicle.cooperations, strict=True)
    ]
    named = {
        made.pk: [row.product] for row, made in zip(accepted, chronicle.cooperations, strict=True)
    }
    append_papers(agreed, named)
    bulk.insert(chronicle.cooperations)
    _link(
        Cooperation.products.through,
        "cooperation_id",
        [
            (made.pk, row.product_id)
            for row, made in zip(accepted, chronicle.cooperations, strict=True)
        ],
        "product_id",
    )
    _link(
        Cooperation.categories.through,
        "cooperation_id",
        [
            (made.pk, row.product.category.parent_id or row.product.category_id)
            for row, made in zip(accepted, chronicle.cooperations, strict=True)
        ],
    )
    append_first_versions(agreed)
    bulk.insert(chronicle.applications)
    bulk.insert(
        [
            promise_of(row, made.ends_on, clock.day_of(at))
            for (row, at), made in zip(chronicle.accepted, chronicle.cooperations, strict=True)
            if row.is_exclusive
        ]
    )
    bulk.insert(chronicle.offers)
    audit.record_many(chronicle.entries)
    notify_many(chronicle.notices)


def _link(
    through: Any, own: str, pairs: Sequence[tuple[int, int]], other: str = "category_id"
) -> None:
    bulk.insert([through(**{own: pk, other: key}) for pk, key in pairs])
