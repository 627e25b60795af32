"""Celery finds jobs by their app's `tasks`; the demo's is registered by importing it."""

from portal.pages import demo

__all__ = ["demo"]
