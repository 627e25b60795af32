"""How evenly something is spread."""

import numpy as np
from numpy.typing import ArrayLike


def gini(counts: ArrayLike) -> float | None:
    """Gini coefficient of n counts, none negative: 0 if all have the same, (n − 1) / n if one has
    everything. None where there is nothing to spread.

    Σ (2i − n − 1) xᵢ / (n Σ x), x ascending and i from 1 (the sorted form of the mean absolute
    difference; Gini, "Variabilità e mutabilità", 1912). Raises ValueError on a count below 0.
    """
    ordered = np.sort(np.asarray(counts, dtype=np.float64))
    if len(ordered) and ordered[0] < 0:
        raise ValueError("counts: below 0")
    n, total = len(ordered), float(ordered.sum())
    if not total:
        return None
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float((ranks * ordered).sum() / (n * total))
