from portal.evaluation.admin import facts

__all__ = ["facts"]
