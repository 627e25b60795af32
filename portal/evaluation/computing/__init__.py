from portal.evaluation.computing.gates import gates_on, register_gates
from portal.evaluation.computing.pipeline import compute
from portal.evaluation.computing.results import Folded, Result, Scored, Subject, key_of
from portal.evaluation.computing.stored import (
    indicators_in,
    method_of,
    stored_ratings,
    within,
)
from portal.evaluation.segments import EVERYBODY, LEAST, is_within, lineage

__all__ = [
    "EVERYBODY",
    "LEAST",
    "Folded",
    "Result",
    "Scored",
    "Subject",
    "compute",
    "gates_on",
    "indicators_in",
    "is_within",
    "key_of",
    "lineage",
    "method_of",
    "register_gates",
    "stored_ratings",
    "within",
]
