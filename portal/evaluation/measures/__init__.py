"""What is measured: each kind of fact, what a fact of it says, and which part of the site makes it.

A measure is not an indicator: a method's `gathering` says which measure and which fold make the
indicator, so that two methods may read the same facts differently.
"""

from collections.abc import Mapping

from portal.evaluation.measures import business, health, people
from portal.evaluation.measures.shape import BOTH, Measure

MEASURES: Mapping[str, Measure] = {
    one.name: one for one in (*business.MEASURES, *people.MEASURES, *health.MEASURES)
}

__all__ = ["BOTH", "MEASURES", "Measure"]
