"""`partialdef` and `partial` under one name, whichever Django gives them."""

from __future__ import annotations

import django
from django import template

if django.VERSION < (6, 0):
    from template_partials.templatetags.partials import register
else:
    register = template.Library()  # Django's own tags need no loading

__all__ = ["register"]
