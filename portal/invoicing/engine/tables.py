"""Tables of tax as the data they are kept as.

{"rate_bp": 100, "free_upto_fen": 10000000}
{"method": "cumulative", "cost_bp": 2000, "monthly_fen": 500000,
 "bands": [{"upto_fen": 3600000, "rate_bp": 300}, …, {"upto_fen": null, "rate_bp": 4500}]}
{"method": "single", "cost_bp": 2000, "flat_upto_fen": 400000, "flat_fen": 80000, "bands": […]}
{"days": 10}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .rounding import BASIS
from .tax import VatTable
from .withholding import Band, Method, Table

MOST_FEN = 10**13
MOST_BANDS = 12


class Faulty(ValueError):
    """A table that is none; `field` says where."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read_table(body: object) -> VatTable | Table | int:
    """A rate, a table of bands, or a number of days. Raises `Faulty`."""
    if not isinstance(body, Mapping):
        raise Faulty("body")
    if "days" in body:
        _only(body, "days")
        return _number(body, "days", 366)
    if "method" in body:
        return _bands_table(body)
    _only(body, "rate_bp", "free_upto_fen")
    free = None if body.get("free_upto_fen") is None else _number(body, "free_upto_fen", MOST_FEN)
    return VatTable(_number(body, "rate_bp", BASIS), free)


def _bands_table(body: Mapping[str, object]) -> Table:
    if body["method"] not in list(Method):
        raise Faulty("method")
    method = Method(str(body["method"]))
    own = ("monthly_fen",) if method is Method.CUMULATIVE else ("flat_upto_fen", "flat_fen")
    _only(body, "method", "cost_bp", "bands", *own)
    return Table(
        method=method,
        cost_bp=_number(body, "cost_bp", BASIS),
        bands=_bands(body.get("bands")),
        **{name: _number(body, name, MOST_FEN) for name in own},
    )


def _bands(rows: object) -> tuple[Band, ...]:
    """Limits rise, and the last band has none: nothing above it would be without a rate."""
    if not isinstance(rows, Sequence) or not 1 <= len(rows) <= MOST_BANDS:
        raise Faulty("bands")
    found = tuple(_band(row) for row in rows)
    limits = [band.upto_fen for band in found[:-1]]
    if None in limits or found[-1].upto_fen is not None:
        raise Faulty("bands")
    known = [limit for limit in limits if limit is not None]
    if known != sorted(set(known)):
        raise Faulty("bands")
    return found


def _band(row: object) -> Band:
    if not isinstance(row, Mapping):
        raise Faulty("bands")
    _only(row, "upto_fen", "rate_bp")
    upto = None if row.get("upto_fen") is None else _number(row, "upto_fen", MOST_FEN)
    return Band(upto, _number(row, "rate_bp", BASIS))


def _only(body: Mapping[str, object], *names: str) -> None:
    if unknown := set(body) - set(names):
        raise Faulty(str(min(unknown, key=str)))


def _number(body: Mapping[str, object], name: str, most: int) -> int:
    value = body.get(name)
    if type(value) is not int or not 0 <= value <= most:
        raise Faulty(name)
    return value
