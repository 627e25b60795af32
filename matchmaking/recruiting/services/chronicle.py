"""The rows of lives, collected until they are written together: those of the single services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop

from matchmaking.cooperation.models import Cooperation
from matchmaking.cooperation.services import cooperation_row, cooperation_snapshot
from matchmaking.recruiting import states
from matchmaking.recruiting.matching import Score
from matchmaking.recruiting.models import Application, Offer, Post
from matchmaking.recruiting.services.acceptance import terms_of, through
from matchmaking.recruiting.services.changes import telling
from matchmaking.recruiting.services.lives import Acting, ApplicationLife, Happening, PostLife
from matchmaking.recruiting.services.posts import plain_fields
from matchmaking.recruiting.states import ApplicationStatus, PostStatus, Side
from portal.core import audit, bulk, clock
from portal.core.actor import Actor
from portal.core.models import AuditEntry
from portal.core.verdict import Refused, conflict
from portal.notices.models import Notice
from portal.parties.models import Membership, Party
from portal.parties.states import MANAGING

POST_VERBS = {
    "publish": (PostStatus.OPEN, "publish_post"),
    "pause": (PostStatus.PAUSED, "pause_post"),
    "close": (PostStatus.CLOSED, "close_post"),
    "expire": (PostStatus.EXPIRED, "expire_post"),
}
TOLD = {  # what is said to the side that did not act
    "submitted": gettext_noop("%(merchant)s offers “%(product)s” for “%(post)s”."),
    "shortlisted": gettext_noop("“%(product)s” is on the shortlist of “%(post)s”."),
    "rejected": gettext_noop("“%(product)s” was not chosen for “%(post)s”: %(t_reason)s."),
    "accepted": gettext_noop("“%(product)s” was chosen for “%(post)s”. A cooperation has begun."),
    "withdrawn": gettext_noop(
        "%(merchant)s takes “%(product)s” back from “%(post)s”: %(t_reason)s."
    ),
    "offered": gettext_noop(
        "%(poster)s proposes %(commission)s%% for “%(product)s” in “%(post)s”."
    ),
    "lapsed": gettext_noop("“%(product)s” for “%(post)s” was not answered within seven days."),
}


class Chronicle:
    """What some lives will have written, as it comes to be."""

    def __init__(self, actor: Actor, acting: Acting, lives: Sequence[PostLife]) -> None:
        self.actor, self.acting, self.lives = actor, acting, lives
        self.posts = [_post(life) for life in lives]
        self.applications: list[Application] = []
        self.offers: list[Offer] = []
        self.cooperations: list[Cooperation] = []
        self.accepted: list[tuple[Application, datetime]] = []
        self.entries: list[AuditEntry] = []
        self.notices: list[Notice] = []
        self.managers = _managers(
            {life.poster.pk for life in lives}
            | {one.product.merchant_id for life in lives for one in life.applications}
        )

    def tell(self, scores: Callable[[int, int], Score]) -> None:
        """`scores`: of the match of a post's n-th application."""
        bulk.number(self.posts)
        rows = [
            [_application(post, one, scores(n, m)) for m, one in enumerate(life.applications)]
            for n, (post, life) in enumerate(zip(self.posts, self.lives, strict=True))
        ]
        self.applications = [row for of_post in rows for row in of_post]
        bulk.number(self.applications)
        for post, life, of_post in zip(self.posts, self.lives, rows, strict=True):
            self._post(post, life)
            for row, one in zip(of_post, life.applications, strict=True):
                self._application(row, one)
        self._number_cooperations()

    def _post(self, post: Post, life: PostLife) -> None:
        by = self.acting(life.poster)
        self._note(by, "create_post", post, life.created_at, {}, {"title": post.title})
        for event in life.happenings:
            status, verb = POST_VERBS[event.what]
            if status not in states.POST_TRANSITIONS[post.status]:
                raise Refused(conflict(f"{post.status} → {status}"))
            before, post.status = post.status, status
            post.published_at = event.at if event.what == "publish" else post.published_at
            post.paused_at = event.at if status == PostStatus.PAUSED else None
            post.ended_at = event.at if status in states.OVER else None
            who = self.actor if event.what == "expire" else by
            self._note(who, verb, post, event.at, {"status": before}, {"status": status})

    def _application(self, row: Application, life: ApplicationLife) -> None:
        merchant = self.acting(row.merchant)
        facts = {"post": row.post_id, "product": row.product_id, "match_bp": row.match_bp}
        self._note(merchant, "submit_application", row, life.submitted_at, {}, facts)
        self._offer(row, merchant, Side.MERCHANT, life.submitted_at, row.note)
        self._inform(row, row.post.poster, "submitted", life.submitted_at)
        for event in life.happenings:
            getattr(self, f"_{event.what}")(row, event)

    # --- what is done to an application -----------------------------------------------------------

    def _shortlist(self, row: Application, event: Happening) -> None:
        row.waits_since = event.at
        self._change(row, ApplicationStatus.SHORTLISTED, "shortlist_application", event.at)
        self._inform(row, row.merchant, "shortlisted", event.at)

    def _counter(self, row: Application, event: Happening) -> None:
        by = self.acting(row.post.poster)
        row.version, row.offered_by = row.version + 1, Side.POSTER
        row.commission_bp, row.waits_since = event.commission_bp, event.at
        if row.status != ApplicationStatus.NEGOTIATING:
            self._change(row, ApplicationStatus.NEGOTIATING, "negotiate_application", event.at)
        self._offer(row, by, Side.POSTER, event.at)
        facts = {"version": row.version, "commission_bp": row.commission_bp}
        self._note(by, "counter_offer", row, event.at, {}, facts)
        self._inform(row, row.merchant, "offered", event.at, str(row.version))

    def _agree(self, row: Application, event: Happening) -> None:
        by, seen = self.acting(row.merchant), row.version
        row.version, row.offered_by, row.waits_since = seen + 1, Side.MERCHANT, event.at
        self._offer(row, by, Side.MERCHANT, event.at, agrees_to=seen)
        self._note(by, "agree_terms", row, event.at, {}, {"version": row.version, "to": seen})

    def _accept(self, row: Application, event: Happening) -> None:
        self._change(row, ApplicationStatus.ACCEPTED, "accept_application", event.at)
        self.accepted.append((row, event.at))

    def _reject(self, row: Application, event: Happening) -> None:
        row.reason = event.reason
        self._change(
            row, ApplicationStatus.REJECTED, "reject_application", event.at, why=event.reason
        )
        self._inform(row, row.merchant, "rejected", event.at)

    def _withdraw(self, row: Application, event: Happening) -> None:
        row.reason, by = event.reason, self.acting(row.merchant)
        self._change(
            row, ApplicationStatus.WITHDRAWN, "withdraw_application", event.at, by, event.reason
        )
        self._inform(row, row.post.poster, "withdrawn", event.at)

    def _lapse(self, row: Application, event: Happening) -> None:
        self._change(row, ApplicationStatus.EXPIRED, "lapse_application", event.at, self.actor)
        self._inform(row, row.merchant, "lapsed", event.at)
        self._inform(row, row.post.poster, "lapsed", event.at)

    # --- what they have in common -----------------------------------------------------------------

    def _change(
        self,
        row: Application,
        status: ApplicationStatus,
        verb: str,
        at: datetime,
        by: Actor | None = None,
        why: str = "",
    ) -> None:
        if status not in states.APPLICATION_TRANSITIONS[row.status]:
            raise Refused(conflict(f"{row.status} → {status}"))
        before, row.status = row.status, status
        row.ended_at = at if status in states.ENDINGS else None
        who = by or self.acting(row.post.poster)
        self._note(who, verb, row, at, {"status": before}, {"status": status}, why)

    def _offer(
        self,
        row: Application,
        by: Actor,
        side: Side,
        at: datetime,
        note: str = "",
        agrees_to: int | None = None,
    ) -> None:
        self.offers.append(
            Offer(
                application=row,
                number=row.version,
                side=side,
                agrees_to=agrees_to,
                commission_bp=row.commission_bp,
                samples=row.samples,
                note=note,
                by=by.user,
                at=at,
            )
        )

    def _number_cooperations(self) -> None:
        """The cooperations of what was accepted, with keys, so that rows can name them."""
        for row, at in self.accepted:
            with clock.standing_at(at):
                terms = terms_of(row)
            made = cooperation_row(
                door=through(row),
                merchant=row.merchant,
                provider=row.post.poster,
                terms=terms,
                at=at,
            )
            self.cooperations.append(made)
        bulk.number(self.cooperations)
        for made, (row, at) in zip(self.cooperations, self.accepted, strict=True):
            row.cooperation = made
            by = self.acting(row.post.poster)
            self._note(by, "begin_cooperation", made, at, {}, cooperation_snapshot(made))
            self._inform(row, row.merchant, "accepted", at, url=made.get_absolute_url())

    def _note(
        self,
        by: Actor,
        verb: str,
        obj: models.Model,
        at: datetime,
        before: dict[str, Any],
        after: dict[str, Any],
        why: str = "",
    ) -> None:
        self.entries.append(audit.entry(by, verb, obj, at=at, before=before, after=after, why=why))

    def _inform(
        self, row: Application, to: Party, what: str, at: datetime, once: str = "", url: str = ""
    ) -> None:
        told = telling(row, to, what, TOLD[what], url, once)
        self.notices += [
            Notice(user_id=user_id, party_id=to.pk, created_at=at, **told)
            for user_id in self.managers.get(to.pk, ())
        ]


def _post(life: PostLife) -> Post:
    return Post(poster=life.poster, created_at=life.created_at, **plain_fields(life.fields))


def _application(post: Post, life: ApplicationLife, score: Score) -> Application:
    product, fields = life.product, life.fields
    return Application(
        post=post,
        product=product,
        merchant=product.merchant,
        price_fen=product.price_fen,
        score=product.score,
        match_bp=score.match_bp,
        certainty=score.certainty,
        parts=score.part_units,
        is_exclusive=fields.is_exclusive,
        commission_bp=fields.commission_bp,
        samples=fields.samples,
        note=fields.note,
        submitted_at=life.submitted_at,
        waits_since=life.submitted_at,
    )


def _managers(party_ids: set[int]) -> dict[int, list[int]]:
    rows = Membership.objects.filter(party__in=party_ids, role__in=MANAGING)
    found: dict[int, list[int]] = {}
    for party_id, user_id in rows.order_by("pk").values_list("party_id", "user_id"):
        found.setdefault(party_id, []).append(user_id)
    return found
