"""How far a year has come, and where today's pace leads: plain arithmetic."""

from portal.goals.engine.pace import Pace, months_before, pace_on

__all__ = ["Pace", "months_before", "pace_on"]
