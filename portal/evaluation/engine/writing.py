"""Figures as CSV, the same text for the same figures, and the hashes of it.

The hash of a result is the SHA-256 of its scores.csv, that of the inputs the SHA-256 of its three
files one after the other: whoever has the files needs nothing of ours to check them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from .indicators import Indicators
from .ranks import DECIMALS, rounded
from .scores import Scores
from .tables import GATE_COLUMNS, INDICATOR_COLUMNS, PARTY_COLUMNS

SCORE_COLUMNS = ("party", "dimension", "score", "low", "high", "coverage", "rank", "segment")


def scores_csv(scores: Scores) -> str:
    """A row for each party and dimension, parties sorted, the composite last."""
    figures = np.stack([scores.score, scores.low, scores.high, scores.coverage], axis=2)
    texts = rounded(figures).tolist()
    ranks = scores.rank.tolist()

    def rows() -> Iterator[tuple[str, ...]]:
        for row, party in enumerate(scores.parties):
            for at, column in enumerate(scores.columns):
                rank = str(ranks[row][at] or "")
                yield (party, column, *map(_fixed, texts[row][at]), rank, scores.segments[row])

    return _csv(SCORE_COLUMNS, rows())


def inputs_csv(data: Indicators) -> dict[str, str]:
    """The files of the command that make these figures; a value is written so that it reads back
    as it was."""
    order = sorted(range(len(data.codes)), key=lambda at: data.codes[at])
    values, samples = data.values.tolist(), data.samples.tolist()

    def rows() -> Iterator[tuple[str, ...]]:
        for row, party in enumerate(data.parties):
            for at in order:
                if values[row][at] == values[row][at]:
                    sample = samples[row][at]
                    yield party, data.codes[at], repr(values[row][at]), _short(sample)

    gates = ((party, code) for party in sorted(data.gates) for code in sorted(data.gates[party]))
    return {
        "indicators.csv": _csv(INDICATOR_COLUMNS, rows()),
        "parties.csv": _csv(PARTY_COLUMNS, zip(data.parties, data.segments, strict=True)),
        "gates.csv": _csv(GATE_COLUMNS, gates),
    }


def hash_scores(scores: Scores) -> str:
    return _sha256(scores_csv(scores))


def hash_inputs(data: Indicators) -> str:
    """Also of what `applies_to` looks at, where that is not the segment."""
    keys = "" if data.applies == data.segments else "\n".join(data.applies)
    return _sha256(*inputs_csv(data).values(), keys)


def hash_document(document: object) -> str:
    """Of a method as JSON: keys sorted, no blanks, whole numbers without a fraction."""
    text = json.dumps(
        _plain(document), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return _sha256(text)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _sha256(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _csv(columns: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _fixed(figure: float) -> str:
    return f"{figure:.{DECIMALS}f}" if figure == figure else ""


def _short(figure: float) -> str:
    return repr(figure) if figure == figure else ""
