"""Where this runs, and how a variable is read."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

TRILINK_ENV = env.str("TRILINK_ENV", default="production")
if TRILINK_ENV not in {"demo", "test", "production"}:
    raise ImproperlyConfigured("TRILINK_ENV must be demo, test or production")
IS_PRODUCTION = TRILINK_ENV == "production"
IS_DEMO = TRILINK_ENV == "demo"
if not IS_PRODUCTION:
    # Written by `make run`, so that a second terminal finds its services.
    env.read_env(Path(env.str("TRILINK_VAR", default=str(BASE_DIR / "var"))) / "env")


def required(name: str, fallback: str) -> str:
    """The variable's value; outside production `fallback`. Half a configuration never starts."""
    value = env.str(name, default="")
    if not value and IS_PRODUCTION:
        raise ImproperlyConfigured(f"{name} must be set when TRILINK_ENV=production")
    return value or fallback
