"""A course that asks for a quiz or an assignment is published with it."""

from training.assessment.rules import is_examinable
from training.courses.readiness import register_readiness

register_readiness(is_examinable)
