from training.courses.selectors.plan import PlanRow, year_plan
from training.courses.selectors.sessions import fields_of

__all__ = ["PlanRow", "fields_of", "year_plan"]
