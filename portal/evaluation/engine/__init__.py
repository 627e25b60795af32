"""Composite indices: any method of the documented shape, on any figures, in plain NumPy.

`parse_method` reads a method, `Indicators` holds what is known of the parties, `evaluate` scores
them, `explain` opens one party's numbers step by step, `what_if` changes some of them, `hash_…`
say whether anything is other than it was. The file format and the arithmetic are in
docs/evaluation-file.md.
"""

from .explain import DimensionSteps, Explanation, IndicatorSteps, explain
from .faults import Fault, MethodFaults
from .indicators import Indicators, Row
from .method import COMPOSITE, Dimension, Gate, Indicator, Method
from .ranks import place_of, rounded
from .reading import parse_method
from .scores import Scores, evaluate
from .treat import Statistics, statistics_of
from .what_if import WhatIf, gain_of, what_if
from .writing import hash_document, hash_inputs, hash_scores, inputs_csv, scores_csv

__all__ = [
    "COMPOSITE",
    "Dimension",
    "DimensionSteps",
    "Explanation",
    "Fault",
    "Gate",
    "Indicator",
    "IndicatorSteps",
    "Indicators",
    "Method",
    "MethodFaults",
    "Row",
    "Scores",
    "Statistics",
    "WhatIf",
    "evaluate",
    "explain",
    "gain_of",
    "hash_document",
    "hash_inputs",
    "hash_scores",
    "inputs_csv",
    "parse_method",
    "place_of",
    "rounded",
    "scores_csv",
    "statistics_of",
    "what_if",
]
