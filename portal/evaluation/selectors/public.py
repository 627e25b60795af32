"""Official ratings as everybody sees them: on cards, profiles, and side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.evaluation.models import DimensionScore, Rating, Snapshot
from portal.evaluation.selectors.ratings import METHOD_OF, public_ratings
from portal.evaluation.selectors.sentences import sentences_of


@dataclass(frozen=True, slots=True)
class PublicRating:
    """One rating with what its radar and its sentences take. `parts`: of the method's dimensions,
    in its order. `others`: of the party's further services."""

    rating: Rating
    labels: list[str]
    parts: list[DimensionScore | None]
    sentences: list[str]
    others: list[Rating]

    @property
    def is_rated(self) -> bool:
        return self.rating.score is not None

    @property
    def scores(self) -> list[float | None]:
        return [part.score if part else None for part in self.parts]

    @property
    def lows(self) -> list[float | None]:
        return [part.low if part else None for part in self.parts]

    @property
    def highs(self) -> list[float | None]:
        return [part.high if part else None for part in self.parts]

    @property
    def medians(self) -> list[float | None]:
        return [part.median if part else None for part in self.parts]

    @property
    def rank(self) -> str:
        """5–14 of 43, as its interval has it."""
        rating = self.rating
        best, worst = rating.rank_best or rating.rank, rating.rank_worst or rating.rank
        said = {"best": best, "worst": worst, "n": rating.segment_rated}
        if best == worst:
            return _("rank %(best)s of %(n)s in its group") % said
        return _("rank %(best)s–%(worst)s of %(n)s in its group") % said


def shown_ratings(kind: str, parties: Iterable[int], service: str = "") -> dict[int, PublicRating]:
    """By party, the rating of `service` where it has one, else that of its home. As many queries
    for twenty parties as for one; who is in no official snapshot is left out."""
    if kind not in METHOD_OF:
        return {}
    found = public_ratings(METHOD_OF[kind], parties)
    return {party: _public(ratings, service) for party, ratings in found.items()}


def shown_rating(kind: str, party: int) -> PublicRating | None:
    return shown_ratings(kind, [party]).get(party)


def dimension_names(snapshot: Snapshot) -> dict[str, str]:
    """In the reader's language, in the method's order; from its document as it stands."""
    language = "en" if get_language() == "en" else "zh"
    return {
        one["code"]: (one.get("name") or {}).get(language) or one["code"]
        for one in snapshot.method.document["dimensions"]
    }


def _public(ratings: Sequence[Rating], service: str) -> PublicRating:
    asked = [one for one in ratings if one.service and one.service.code == service]
    rating = next(iter([*asked, *ratings]))
    names = dimension_names(rating.snapshot)
    scores = {part.dimension: part for part in rating.parts}
    return PublicRating(
        rating=rating,
        labels=list(names.values()),
        parts=[scores.get(code) for code in names],
        sentences=sentences_of(rating, names),
        others=[one for one in ratings if one.pk != rating.pk and one.score is not None],
    )
