"""Where somebody stands on a ladder, in plain numbers."""

from portal.growth.engine.levels import MOST_LEVELS, Faulty, Place, faults_of, place_on, reached

__all__ = ["MOST_LEVELS", "Faulty", "Place", "faults_of", "place_on", "reached"]
