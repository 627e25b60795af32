"""Sums of two parties that become one: made anew each night, of both together for who stays."""

from __future__ import annotations

from portal.goals.models import YearSum
from portal.parties.merges import goes

goes(YearSum, "party")
