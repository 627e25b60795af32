"""The database, the broker, the cache, mail and files: what the site runs on."""

from datetime import timedelta
from urllib.parse import unquote

import django
import environ
from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import BASE_DIR, IS_PRODUCTION, TRILINK_ENV, env, required


def database(url: str) -> dict[str, object]:
    """Django's settings of a URL; a socket folder is a percent-encoded host, as in libpq."""
    config = environ.Env.db_url_config(url)
    return config | {"HOST": unquote(config["HOST"])}


# --- database: the site runs as trilink_app, migrations as trilink_owner --------------------------
APP_URL = required("DATABASE_URL", "postgresql://trilink_app@localhost/trilink")
OWNER_URL = env.str("DATABASE_OWNER_URL", default="") or APP_URL
DATABASES = {"default": database(APP_URL), "owner": database(OWNER_URL)}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
if TRILINK_ENV == "test":
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
    DATABASES["owner"]["TEST"] = {"NAME": "test_trilink"}
# The web server is not given the owner's address at all; where it is, the roles must differ.
is_one_role = DATABASES["default"]["USER"] == DATABASES["owner"]["USER"]
if IS_PRODUCTION and OWNER_URL != APP_URL and is_one_role:
    raise ImproperlyConfigured("DATABASE_URL and DATABASE_OWNER_URL must be different roles")

# --- broker, worker, jobs -------------------------------------------------------------------------
REDIS_URL = required("REDIS_URL", "redis://localhost:6379/0")
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# What waits for servers of others has a lane and a worker of its own: mails and jobs go on.
CELERY_TASK_ROUTES = {"portal.webhooks.tasks.send_webhooks": {"queue": "webhooks"}}
CELERY_TASK_PUBLISH_RETRY = False  # a request never waits for a broker that is gone
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # longer than the longest task; jobs have their own lease
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,  # of a publisher's connection, which else tries again for six seconds
}
# A developer's own machine may be called by webhooks and chat bots; the world's servers never.
ALLOW_LOCAL_ADDRESSES = env.bool("ALLOW_LOCAL_ADDRESSES", default=False)
if IS_PRODUCTION and ALLOW_LOCAL_ADDRESSES:
    raise ImproperlyConfigured("ALLOW_LOCAL_ADDRESSES is for development only")
# Hosts of chat bots that may be called.
BOT_HOSTS = env.list(
    "BOT_HOSTS",
    default=["open.feishu.cn", "open.larksuite.com", "oapi.dingtalk.com", "qyapi.weixin.qq.com"],
)
JOB_LEASE = timedelta(seconds=env.int("JOB_LEASE_SECONDS", default=60))

# Who somebody is now, for work that goes on after their request (`portal.core.actor`).
ACTOR_SOURCE = "portal.parties.acting.actor_again"

# --- cache: in the database, so that the site goes on when the broker is gone ---------------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # Rate limits live here: with the default of 300 a flood of addresses would cull them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What each process may keep for a moment and make again at any time.
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# --- mail and messages ----------------------------------------------------------------------------
MAIL = environ.Env.email_url_config(required("EMAIL_URL", "consolemail://"))
MAIL_SECONDS = 10  # a mail server that hangs must not hold a worker and its locked row
if django.VERSION < (6, 1):
    vars().update(MAIL)
    EMAIL_TIMEOUT = MAIL_SECONDS
else:  # the same, in the shape of Django 6.1
    MAIL_OPTIONS = {
        "host": MAIL["EMAIL_HOST"],
        "port": MAIL["EMAIL_PORT"],
        "username": MAIL["EMAIL_HOST_USER"],
        "password": MAIL["EMAIL_HOST_PASSWORD"],
        "use_tls": MAIL.get("EMAIL_USE_TLS", False),
        "use_ssl": MAIL.get("EMAIL_USE_SSL", False),
        "timeout": MAIL_SECONDS,
    }
    IS_SMTP = MAIL["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    MAILERS = {
        "default": {"BACKEND": MAIL["EMAIL_BACKEND"], "OPTIONS": MAIL_OPTIONS if IS_SMTP else {}}
    }
SMS_URL = env.str("SMS_URL", default="" if IS_PRODUCTION else "console://")
if SMS_URL and not SMS_URL.startswith(("console://", "https://")):
    raise ImproperlyConfigured("SMS_URL must begin with https:// (or be console://)")
SMS_KEY = env.str("SMS_KEY", default="")
UPLOAD_MEGABYTES_A_DAY = env.int("UPLOAD_MEGABYTES_A_DAY", default=500)  # of one person
SMS_A_DAY = env.int("SMS_A_DAY", default=5_000)  # codes to all phones together, in 24 hours
SMS_TEMPLATES = env.dict("SMS_TEMPLATES", default={})  # ours=the gateway's, comma between
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "Trilink <no-reply@demo.trilink.local>")

# --- files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")).root
FONTS_DIR = BASE_DIR / "fonts"  # of papers; `make setup` copies them from their package
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "portal.core.files.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TRILINK_ENV == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")).root
