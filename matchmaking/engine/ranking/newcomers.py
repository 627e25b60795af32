"""Newcomers' places: marked places of an order that those without a record take in turns."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .profiles import BoolArray, IntArray


class Placing(NamedTuple):
    """positions: (n,) the organic positions, from 0, in the order they are shown.
    marked: (n,) True where a place is a newcomer's."""

    positions: IntArray
    marked: BoolArray


def place_newcomers(newcomers: BoolArray, turns: NDArray[np.uint64], every: int) -> Placing:
    """Give places `every`, 2 × `every`, … to newcomers who do not stand higher already.

    newcomers: (n,) True where the candidate at that organic position is one.
    turns: (n,) a key per candidate, no two equal; the lowest comes first.

    All others keep their order among each other: the list without the marked places is the organic
    order, and nobody stands lower by more than the marked places above. Without a newcomer left,
    a place is organic. Cost grows with the places up to the last newcomer's.
    """
    n = len(newcomers)
    waiting = np.flatnonzero(newcomers)
    waiting = waiting[np.argsort(turns[waiting], kind="stable")].tolist()
    placed = np.zeros(n, dtype=np.bool_)
    shown: list[int] = []
    marks: list[int] = []
    organic = turn = 0
    while turn < len(waiting) and len(shown) < n:
        if (len(shown) + 1) % every == 0:
            while turn < len(waiting) and placed[waiting[turn]]:
                turn += 1
            if turn == len(waiting):
                break
            position = waiting[turn]
            marks.append(len(shown))
        else:
            while placed[organic]:
                organic += 1
            position = organic
        placed[position] = True
        shown.append(position)
    head = np.array(shown, dtype=np.int64)
    marked = np.zeros(n, dtype=np.bool_)
    marked[marks] = True
    return Placing(np.concatenate([head, np.flatnonzero(~placed)]), marked)
