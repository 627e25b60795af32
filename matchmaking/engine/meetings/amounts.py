"""Values as whole numbers: a flow reckons with nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .fair import FloatArray, IntArray

DIGITS = range(10)  # after the point, tried in turn
WHOLE = 2.0**53  # up to here a float has every whole number


@dataclass(frozen=True)
class Scale:
    """units: (pairs,) value × 10^digits. is_exact: False where that had to be rounded."""

    units: IntArray
    digits: int
    is_exact: bool

    def value(self, units: int) -> float:
        if self.digits > 0:
            return units / 10**self.digits
        return units * 10**-self.digits

    def bound(self, units: int, meetings: int) -> float:
        """No set of so many meetings is worth more, if none has more units. A rounded value is at
        most half a unit too low."""
        if self.is_exact:
            return self.value(units)
        highest = self.value(2 * units + meetings) / 2
        return float(np.nextafter(highest * (1 + 1e-12), np.inf))


def scale(values: FloatArray, most: int) -> Scale:
    """most: how many units a value may have, for the flow's whole numbers to be large enough."""
    highest = float(values.max(initial=0.0))
    for digits in DIGITS:
        if highest * 10**digits > min(most, WHOLE):
            break
        units = np.rint(values * 10.0**digits)
        if np.array_equal(units / 10.0**digits, values):
            return Scale(units.astype(np.int64), digits, True)
    digits = int(np.floor(np.log10(min(most, WHOLE) / highest)))
    # Two steps, as 10^digits alone may be beyond a float where the values are near its ends.
    half = digits // 2
    units = np.rint(values * 10.0**half * 10.0 ** (digits - half))
    return Scale(units.astype(np.int64), digits, False)
