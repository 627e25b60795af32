"""One JSON object a line, with the ids of the request and of who acted."""

from portal.settings.environment import TRILINK_ENV, env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "context": {"()": "portal.core.logs.ContextFilter"},
        "path": {"()": "portal.core.logs.PathFilter"},
    },
    "formatters": {"json": {"()": "portal.core.logs.JsonFormatter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["context", "path"],
            "formatter": "json",
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"level": "WARNING"}},
}
if TRILINK_ENV == "test":
    LOGGING["root"]["level"] = "ERROR"
