"""Random numbers that depend on nothing but the seed and what they are drawn for.

Each use has a stream of its own, named: the weight of C1, the value of C3 of one party. So a draw
is the same however many parties there are, in which order and in how many blocks. Only Philox's raw
bits are NumPy's; what is made of them is here, so no change of its distributions moves a score.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np

from .indicators import FloatArray


def stream(seed: int, *names: str) -> np.random.Philox:
    """Philox4x64-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011), its key
    a hash of seed and names, its counter at 0."""
    text = json.dumps([seed, *names], ensure_ascii=True)
    digest = hashlib.blake2b(text.encode(), digest_size=16).digest()
    return np.random.Philox(key=int.from_bytes(digest, "little"))


def uniforms(bits: np.random.Philox, count: int) -> FloatArray:
    """Above 0 and below 1, from the upper 52 of 64 bits."""
    upper: FloatArray = (bits.random_raw(count) >> np.uint64(12)).astype(np.float64)
    return (upper + 0.5) * 2.0**-52


def normals(bits: np.random.Philox, count: int) -> FloatArray:
    """Of mean 0 and deviation 1, each from two uniforms (Box and Muller, 1958)."""
    pairs = uniforms(bits, 2 * count).reshape(count, 2)
    return np.sqrt(-2 * np.log(pairs[:, 0])) * np.cos(2 * np.pi * pairs[:, 1])
