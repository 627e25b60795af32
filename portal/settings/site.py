"""Who we are, which rooms there are, and what pages are made of."""

import socket

import django
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from portal.settings.environment import BASE_DIR, TRILINK_ENV, env, required


def own_names() -> str:
    """What `make run` answers to: this machine, and the address it listens on."""
    host = env.str("HOST", default="")
    # Listening on every address is no name to be called by.
    here = "" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104 - compared, not bound
    names = ["localhost", "127.0.0.1", "[::1]", "testserver", socket.gethostname(), here]
    return ",".join(dict.fromkeys(name for name in names if name))


SECRET_KEY = required("SECRET_KEY", get_random_secret_key())
# Seal what identifies a person; the newest first, the older ones only open. See `rotate_data_keys`.
DATA_KEYS = required("DATA_KEYS", SECRET_KEY).split(",")
DEBUG = False
ALLOWED_HOSTS = required("ALLOWED_HOSTS", own_names()).split(",")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ESIGN_GATEWAY = env.str("ESIGN_GATEWAY", default="")  # portal/revenue/esign.py
SITE_URL = required("SITE_URL", f"http://localhost:{env.str('PORT', default='8000')}").rstrip("/")
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEMO_DOMAIN = "demo.trilink.local"  # the mail domain of the demo's people, and of nobody else
DEMO_SCALE = env.float("DEMO_SCALE", default=1.0)  # 1 is the size of the announcements
DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="trilink-demo")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
# How long a process may go on with the words it knows; a change elsewhere is seen after that.
MODERATION_SECONDS = 0 if TRILINK_ENV == "test" else env.int("MODERATION_SECONDS", default=10)
SOURCE_URL = env.str("SOURCE_URL", default="")
# What the law asks to show at the foot of every page; each is shown where it is set.
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
BUSINESS_LICENCE = env.str("BUSINESS_LICENCE", default="")
ICP_NUMBER = env.str("ICP_NUMBER", default="")
POLICE_NUMBER = env.str("POLICE_NUMBER", default="")
EDI_LICENCE = env.str("EDI_LICENCE", default="")
COMPLAINT_PHONE = env.str("COMPLAINT_PHONE", default="")
COMPLAINT_EMAIL = env.str("COMPLAINT_EMAIL", default="")

# --- rooms ----------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.core.apps.TrilinkAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "portal.core",
    "portal.notices",
    "portal.policies",
    "portal.moderation",
    "portal.parties",
    "portal.search",
    "portal.seats",
    "portal.ledger",
    "portal.evaluation",
    "portal.webhooks",
    "portal.help",
    "portal.recruitment",
    "portal.activity",
    "portal.conduct",
    "portal.revenue",
    "portal.payouts",
    "portal.invoicing",
    "portal.settlement",
    "portal.reconciliation",
    "portal.rewards",
    "portal.growth",
    "portal.tiers",
    "matchmaking.catalogue",
    "matchmaking.cooperation",
    "matchmaking.recruiting",
    "matchmaking.samples",
    "matchmaking.content",
    "matchmaking.needs",
    "matchmaking.brokerage",
    "matchmaking.choosing",
    "matchmaking.fairs",
    "training.courses",
    "training.learning",
    "training.certificates",
    "training.assessment",
    "training.advice",
    "portal.goals",
    "portal.directory",
    "portal.pages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "portal.parties.weixin",
    "allauth.socialaccount.providers.openid_connect",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
]
if django.VERSION < (6, 0):  # partials are built in from Django 6.0
    INSTALLED_APPS.append("template_partials")

MIDDLEWARE = [
    "portal.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.core.middleware.NoStoreMiddleware",
    "portal.parties.viewing.ViewingMiddleware",
    "portal.parties.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.policies.middleware.ConsentMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.core.middleware.HtmxRedirectMiddleware",
    "portal.core.middleware.RefusalMiddleware",
    "portal.core.api.parameters.ParametersMiddleware",
    "portal.parties.middleware.MergedPartyMiddleware",
    "portal.parties.middleware.SignInMiddleware",
    "portal.parties.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.pages.context.navigation",
            ],
            "builtins": [
                "portal.core.templatetags.ui",
                "portal.core.templatetags.drawing",
                *(["template_partials.templatetags.partials"] if django.VERSION < (6, 0) else []),
            ],
        },
    }
]

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # shown at the edge; the database keeps UTC
