"""From facts to what the engine reads: which facts count, whose, and what they fold into.

`gather` is a function of the method, the day and the cut: asked again it gives the same values to
the last bit, however many facts came in meanwhile.
"""

from portal.evaluation.gathering.document import (
    Bands,
    Gaming,
    Gatherer,
    Gathering,
    GatheringFaults,
    Units,
    parse_gathering,
)
from portal.evaluation.gathering.evidence import Evidence, evidence_of
from portal.evaluation.gathering.gather import Gathered, GatheredUnit, GatheredValue, gather

__all__ = [
    "Bands",
    "Evidence",
    "Gaming",
    "Gathered",
    "GatheredUnit",
    "GatheredValue",
    "Gatherer",
    "Gathering",
    "GatheringFaults",
    "Units",
    "evidence_of",
    "gather",
    "parse_gathering",
]
