"""The demo's quizzes, practical works and opinions, made through the services."""

from training.assessment.demo.assignments import make_assignments
from training.assessment.demo.attempts import examine
from training.assessment.demo.bank import make_quizzes
from training.assessment.demo.guide import make_own_learning
from training.assessment.demo.opinions import make_opinions

__all__ = ["examine", "make_assignments", "make_opinions", "make_own_learning", "make_quizzes"]
