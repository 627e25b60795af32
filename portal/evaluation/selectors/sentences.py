"""A rating in three plain sentences: the strong board, the short board, how sure we are."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from portal.evaluation.models import DimensionScore, Rating

SURE, FAIRLY_SURE = 5.0, 10.0  # points the 90 % interval is wide


def sentences_of(rating: Rating, names: Mapping[str, str]) -> list[str]:
    """`names` of the dimensions; the rating comes with its `parts`."""
    rated = [part for part in rating.parts if part.score is not None and part.dimension in names]
    if rating.score is None or not rated:
        return []
    strong = max(rated, key=lambda part: part.score or 0)
    short = min(rated, key=lambda part: part.score or 0)
    said = [_("Strong board: %(name)s, %(where)s.") % _said(strong, names)]
    if short is not strong:
        said.append(_("Short board: %(name)s, %(where)s.") % _said(short, names))
    return [*said, how_sure(rating, names)]


def how_sure(rating: Rating, names: Mapping[str, str]) -> str:
    if rating.low is None or rating.high is None:
        return _("How sure we are was not computed.")
    width = rating.high - rating.low
    if width <= SURE:
        sentence = _("We are sure: the 90%% interval is %(width).1f points wide.")
    elif width <= FAIRLY_SURE:
        sentence = _("We are fairly sure: the 90%% interval is %(width).1f points wide.")
    else:
        sentence = _("We are not very sure: the 90%% interval is %(width).1f points wide.")
    said = sentence % {"width": width}
    wide = _widest(rating, names)
    return said + (" " + _("Least sure of: %(name)s.") % {"name": wide} if wide else "")


def _widest(rating: Rating, names: Mapping[str, str]) -> str:
    known = [part for part in rating.parts if part.low is not None and part.high is not None]
    known = [part for part in known if part.dimension in names]
    if len(known) < 2:
        return ""
    return names[max(known, key=lambda part: (part.high or 0) - (part.low or 0)).dimension]


def _said(part: DimensionScore, names: Mapping[str, str]) -> dict[str, str]:
    return {"name": names[part.dimension], "where": _where(part)}


def _where(part: DimensionScore) -> str:
    score = part.score or 0.0
    if part.median is None:
        return _("%(score).1f points") % {"score": score}
    gap = {"score": score, "gap": abs(score - part.median)}
    if abs(score - part.median) < 0.05:
        return _("%(score).1f points, at its group's median") % gap
    if score > part.median:
        return _("%(score).1f points, %(gap).1f above its group's median") % gap
    return _("%(score).1f points, %(gap).1f below its group's median") % gap
