"""Celery reads this file in every app: the worker then knows the announcing job."""

from portal.policies import announcing

__all__ = ["announcing"]
