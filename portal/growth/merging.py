"""Levels of two parties that become one: each keeps its own past; the next night counts for who
stays."""

from __future__ import annotations

from portal.growth.models import LevelStep, LineStanding
from portal.parties.merges import stays

stays(LineStanding, "party")
stays(LevelStep, "party")
