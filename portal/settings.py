"""All settings, driven by the environment. `docs/operations.md` lists every name read here.

TRILINK_ENV is `demo` (the default of `make run`), `test`, or `production`, which is the default
of the web server so that a forgotten variable never opens a demo to the world.
"""

import socket
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import django
import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
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


def own_names() -> str:
    """What `make run` answers to: this machine, and the address it listens on."""
    host = env.str("HOST", default="")
    here = "" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host  # noqa: S104
    names = ["localhost", "127.0.0.1", "[::1]", "testserver", socket.gethostname(), here]
    return ",".join(dict.fromkeys(name for name in names if name))


def database(url: str) -> dict[str, object]:
    """Django's settings of a URL; a socket folder is a percent-encoded host, as in libpq."""
    config = environ.Env.db_url_config(url)
    return config | {"HOST": unquote(config["HOST"])}


# --- who we are -------------------------------------------------------------------------------
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

# --- rooms ------------------------------------------------------------------------------------
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

# --- database: the site runs as trilink_app, migrations as trilink_owner ------------------------
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

# --- broker, worker, beat -----------------------------------------------------------------------
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
CELERY_BEAT_SCHEDULE = {
    "dispatch-outbox": {"task": "portal.core.tasks.dispatch_outbox", "schedule": 5.0},
    "sweep-jobs": {"task": "portal.core.tasks.sweep_jobs", "schedule": 10.0},
    "bring-methods-into-force": {
        "task": "portal.evaluation.tasks.bring_methods_into_force",
        "schedule": 300.0,
    },
    "start-due-snapshots": {
        "task": "portal.evaluation.tasks.start_due_snapshots",
        "schedule": crontab(hour="17-23", minute=30),  # in the small hours in Shanghai
    },
    "expire-posts": {"task": "matchmaking.recruiting.tasks.expire_posts", "schedule": 600.0},
    "sweep-applications": {
        "task": "matchmaking.recruiting.tasks.sweep_applications",
        "schedule": 600.0,
    },
    "tell-suggestions": {
        "task": "matchmaking.recruiting.tasks.tell_suggestions",
        "schedule": crontab(hour=0, minute=5),  # five past eight in Shanghai
    },
    "expire-needs": {"task": "matchmaking.needs.tasks.expire_needs", "schedule": 600.0},
    "sweep-talks": {"task": "matchmaking.needs.tasks.sweep_talks", "schedule": 60.0},
    "refresh-paces": {
        "task": "matchmaking.needs.tasks.refresh_paces",
        "schedule": crontab(hour=16, minute=10),  # ten past midnight in Shanghai
    },
    "refresh-results": {
        "task": "matchmaking.needs.tasks.refresh_results",
        "schedule": crontab(hour=20, minute=10),  # after the facts of orders
    },
    "prune-need-drafts": {
        "task": "matchmaking.needs.tasks.prune_drafts",
        "schedule": 86400.0,
    },
    "prune-post-drafts": {
        "task": "matchmaking.recruiting.tasks.prune_post_drafts",
        "schedule": 86400.0,
    },
    "expire-invitations": {
        "task": "portal.parties.tasks.expire_invitations",
        "schedule": 600.0,
    },
    "tell-newcomers": {
        "task": "portal.directory.tasks.tell_newcomers",
        "schedule": crontab(hour=1, minute=0),  # nine in the morning in Shanghai
    },
    "refresh-directory": {
        "task": "portal.parties.tasks.refresh_directory",
        "schedule": crontab(hour=16, minute=20),  # after midnight in Shanghai
    },
    "forget-directory-past": {
        "task": "portal.directory.tasks.forget_directory_past",
        "schedule": 3600.0,
    },
    "sweep-roster": {"task": "portal.parties.tasks.sweep_roster", "schedule": 600.0},
    "sweep-sessions": {"task": "training.courses.tasks.sweep_sessions", "schedule": 60.0},
    "settle-enrolments": {
        "task": "training.learning.tasks.settle_enrolments",
        "schedule": 300.0,
    },
    "sweep-certificates": {
        "task": "training.certificates.tasks.sweep_certificates",
        "schedule": 3600.0,
    },
    "record-learning-facts": {
        "task": "training.learning.tasks.record_facts",
        "schedule": 1800.0,
    },
    "record-learning-hours": {
        "task": "training.learning.tasks.record_hours",
        "schedule": crontab(hour=17, minute=40),  # after midnight in Shanghai
    },
    "remind-learners": {"task": "training.learning.tasks.remind_learners", "schedule": 300.0},
    "record-work-facts": {
        "task": "training.assessment.tasks.record_facts",
        "schedule": 1800.0,
    },
    "sweep-assessment": {
        "task": "training.assessment.tasks.sweep_assessment",
        "schedule": 60.0,
    },
    "remind-bookings": {"task": "training.advice.tasks.remind_bookings", "schedule": 600.0},
    "end-tickets": {"task": "portal.help.tasks.end_tickets", "schedule": 3600.0},
    "expire-agreement-versions": {
        "task": "portal.revenue.tasks.expire_versions",
        "schedule": 600.0,
    },
    "sweep-invoices": {
        "task": "portal.invoicing.tasks.sweep_invoices",
        "schedule": 3600.0,
    },
    "sweep-trial-transfers": {
        "task": "portal.payouts.tasks.sweep_trials",
        "schedule": 3600.0,
    },
    "sweep-bills": {"task": "portal.revenue.tasks.sweep_bills", "schedule": 3600.0},
    "agree-silent-statements": {
        "task": "portal.settlement.tasks.agree_silent",
        "schedule": 3600.0,
    },
    "sweep-conduct": {"task": "portal.conduct.tasks.sweep_conduct", "schedule": 900.0},
    "sweep-personal": {"task": "portal.parties.tasks.sweep_personal", "schedule": 900.0},
    "forget-kept-names": {
        "task": "portal.parties.tasks.forget_kept_names",
        "schedule": crontab(hour=18, minute=15),
    },
    "prune-codes": {"task": "portal.parties.tasks.prune_codes", "schedule": 3600.0},
    "expire-documents": {"task": "portal.parties.tasks.expire_documents", "schedule": 900.0},
    "lift-due-suspensions": {
        "task": "portal.parties.tasks.lift_due_suspensions",
        "schedule": 300.0,
    },
    "send-digests": {
        "task": "portal.notices.tasks.send_digests",
        "schedule": crontab(hour="1-6", minute=0),  # nine in Shanghai, and again if beat was away
    },
    "prune-deliveries": {
        "task": "portal.notices.tasks.prune_deliveries",
        "schedule": 86400.0,
    },
    "send-webhooks": {
        "task": "portal.webhooks.tasks.send_webhooks",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "prune-webhook-events": {
        "task": "portal.webhooks.tasks.prune_events",
        "schedule": 86400.0,
    },
    "close-due-rounds": {
        "task": "portal.recruitment.tasks.close_due_rounds",
        "schedule": 600.0,
    },
    "remind-of-appeals": {
        "task": "portal.evaluation.tasks.remind_of_appeals",
        "schedule": 3600.0,
    },
    "sweep-plan-items": {
        "task": "portal.evaluation.tasks.sweep_plan_items",
        "schedule": 3600.0,
    },
    "expire-accounts": {"task": "portal.parties.tasks.expire_accounts", "schedule": 900.0},
    "begin-product-day": {
        "task": "matchmaking.catalogue.tasks.begin_day",
        "schedule": crontab(hour="16-20", minute=5),  # after midnight in Shanghai
    },
    "remind-of-certificates": {
        "task": "matchmaking.catalogue.tasks.remind_of_certificates",
        "schedule": 3600.0,
    },
    "make-boards": {
        "task": "matchmaking.catalogue.tasks.make_boards",
        "schedule": crontab(hour="20-23", minute=40),  # in the small hours in Shanghai
    },
    "count-reconciled-days": {
        "task": "portal.reconciliation.tasks.count_days",
        "schedule": crontab(hour=19, minute=30),  # after the night's feeds and facts
    },
    "close-found-statements": {
        "task": "portal.reconciliation.tasks.close_statements",
        "schedule": crontab(hour="20-22", minute=5),  # after the count
    },
    "sweep-cooperations": {
        "task": "matchmaking.cooperation.tasks.sweep_cooperations",
        "schedule": 600.0,
    },
    "sweep-fairs": {"task": "matchmaking.fairs.tasks.sweep_fairs", "schedule": 60.0},
    "follow-up-fairs": {"task": "matchmaking.fairs.tasks.follow_up_fairs", "schedule": 3600.0},
    "record-fair-facts": {"task": "matchmaking.fairs.tasks.record_facts", "schedule": 1800.0},
    "sweep-seats": {"task": "portal.seats.tasks.sweep_seats", "schedule": 15.0},
    "bill-fees": {"task": "matchmaking.cooperation.tasks.bill_fees", "schedule": 3600.0},
    "sweep-samples": {"task": "matchmaking.samples.tasks.sweep_samples", "schedule": 600.0},
    "record-sample-facts": {
        "task": "matchmaking.samples.tasks.record_facts",
        "schedule": 1800.0,
    },
    "sweep-content": {"task": "matchmaking.content.tasks.sweep_content", "schedule": 600.0},
    "remind-of-obligations": {
        "task": "matchmaking.cooperation.tasks.remind_of_obligations",
        "schedule": crontab(hour="1-4", minute=30),  # in the morning in Shanghai
    },
    "record-need-facts": {"task": "matchmaking.needs.tasks.record_facts", "schedule": 1800.0},
    "record-cooperation-facts": {
        "task": "matchmaking.cooperation.tasks.record_facts",
        "schedule": 1800.0,
    },
    "record-roster-facts": {
        "task": "portal.evaluation.tasks.record_roster_facts",
        "schedule": crontab(hour=17, minute=20),  # after midnight in Shanghai
    },
    "remind-of-expiry": {"task": "portal.parties.tasks.remind_of_expiry", "schedule": 3600.0},
    "remind-of-proofs": {"task": "portal.parties.tasks.remind_of_proofs", "schedule": 3600.0},
    "refresh-stars": {
        "task": "portal.tiers.tasks.refresh_stars",
        "schedule": crontab(hour=20, minute=25),  # after the facts of orders
    },
    "count-frameworks": {
        "task": "portal.tiers.tasks.count_frameworks",
        "schedule": crontab(hour=20, minute=50),
    },
    "live-frameworks": {"task": "portal.tiers.tasks.live_frameworks", "schedule": 900.0},
    "lapse-certifications": {
        "task": "portal.tiers.tasks.lapse_certifications",
        "schedule": 3600.0,
    },
    "expire-certifications": {
        "task": "portal.tiers.tasks.expire_certifications",
        "schedule": crontab(hour="16-20", minute=10),  # after midnight in Shanghai
    },
    "record-task-steps": {"task": "portal.rewards.tasks.record_steps", "schedule": 1800.0},
    "refresh-task-remedies": {
        "task": "portal.rewards.tasks.refresh_remedies",
        "schedule": 900.0,
    },
    "expire-task-claims": {"task": "portal.rewards.tasks.expire_claims", "schedule": 300.0},
    "expire-coupons": {"task": "portal.rewards.tasks.expire_coupons", "schedule": 900.0},
    "record-task-facts": {"task": "portal.rewards.tasks.record_facts", "schedule": 1800.0},
    "verify-rewards": {
        "task": "portal.rewards.tasks.verify_rewards",
        "schedule": crontab(hour=21, minute=35),
    },
    "pay-rewards": {
        "task": "portal.rewards.tasks.pay_rewards",
        "schedule": crontab(hour=21, minute=5),  # after the night's countings
    },
    "move-checkpoints": {"task": "portal.ledger.tasks.move_checkpoints", "schedule": 60.0},
    "mark-orders": {
        "task": "portal.revenue.tasks.mark_orders",
        "schedule": crontab(hour=19, minute=25),
    },
    "record-order-facts": {
        "task": "portal.revenue.tasks.record_order_facts",
        "schedule": crontab(hour=19, minute=40),  # after the signs
    },
    "count-turnovers": {
        "task": "portal.revenue.tasks.count_turnovers",
        "schedule": crontab(hour=19, minute=30),  # the homes' year
    },
    "count-ageing": {
        "task": "portal.invoicing.tasks.count_ageing",
        "schedule": crontab(hour=20, minute=40),  # once the day is over
    },
    "count-levels": {
        "task": "portal.growth.tasks.count_levels",
        "schedule": crontab(hour=20, minute=15),  # after the turnovers
    },
    "count-goals": {
        "task": "portal.goals.tasks.count_goals",
        "schedule": crontab(hour=20, minute=10),  # after the turnovers
    },
    "record-statement-facts": {
        "task": "portal.settlement.tasks.record_statement_facts",
        "schedule": crontab(hour=20, minute=20),
    },
    "record-cold-starts": {
        "task": "portal.revenue.tasks.record_cold_starts",
        "schedule": crontab(hour=19, minute=45),
    },
    "record-bill-facts": {
        "task": "portal.revenue.tasks.record_bill_facts",
        "schedule": crontab(hour=19, minute=50),
    },
    "record-content-facts": {
        "task": "matchmaking.content.tasks.record_facts",
        "schedule": 1800.0,
    },
    "verify-ledger": {
        "task": "portal.ledger.tasks.verify_ledger",
        "schedule": crontab(hour=19, minute=10),  # ten past three in Shanghai
    },
    "verify-payouts": {
        "task": "portal.payouts.tasks.verify_payouts",
        "schedule": crontab(hour=19, minute=12),
    },
    "verify-statements": {
        "task": "portal.settlement.tasks.verify_statements",
        "schedule": crontab(hour=19, minute=14),
    },
    "index-names": {"task": "portal.search.tasks.index_names", "schedule": 900.0},
    "prune": {"task": "portal.core.tasks.prune", "schedule": 3600.0},
    "prune-imports": {"task": "portal.core.tasks.prune_imports", "schedule": 86400.0},
    "prune-exports": {"task": "portal.core.tasks.prune_exports", "schedule": 600.0},
    "prune-files": {"task": "portal.core.tasks.prune_files", "schedule": 3600.0},
    "prune-offer-changes": {
        "task": "portal.parties.tasks.prune_offer_changes",
        "schedule": 3600.0,
    },
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

# --- people -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = ["portal.parties.backends.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "email", "phone")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbench"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.parties.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "portal.parties.forms.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if IS_PRODUCTION else "optional"
ACCOUNT_SESSION_REMEMBER = True
# Five failures lock an address, twenty a place; an operator unlocks, or the quarter hour does.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/15m/ip,5/15m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
if IS_PRODUCTION:
    # Behind a proxy all requests come from its address, and all visitors would share one limit.
    # The proxy overwrites this header; with the header empty, X-Forwarded-For is counted back.
    ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.str("CLIENT_IP_HEADER", default="X-Real-IP") or None
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_COOKIE_AGE = 14 * 86400
# A second factor: anybody may have one; outside the demo operators, finance and the owners of
# whoever is paid must.
MFA_REQUIRED = IS_PRODUCTION
MFA_ADAPTER = "portal.parties.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Trilink"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
if TRILINK_ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# --- chat apps and a firm's own sign-in: each is there where its keys are set ---------------------
SOCIALACCOUNT_ADAPTER = "portal.parties.social.ProviderAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # the account was reached in another way before
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # what others say of an address proves nothing here
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
WEIXIN_APP_ID = env.str("WEIXIN_APP_ID", default="")
WEIXIN_APP_SECRET = env.str("WEIXIN_APP_SECRET", default="")
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env.str("OIDC_NAME", default="SSO")
if bool(WEIXIN_APP_ID) != bool(WEIXIN_APP_SECRET):
    raise ImproperlyConfigured("WEIXIN_APP_ID and WEIXIN_APP_SECRET are set together or not at all")
if len({bool(OIDC_SERVER_URL), bool(OIDC_CLIENT_ID), bool(OIDC_CLIENT_SECRET)}) == 2:
    raise ImproperlyConfigured("OIDC_SERVER_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together")
if OIDC_SERVER_URL and IS_PRODUCTION and not OIDC_SERVER_URL.startswith("https://"):
    raise ImproperlyConfigured("OIDC_SERVER_URL must begin with https://")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
SIGN_IN_ORIGINS: list[str] = []  # where the forms that begin such a sign-in lead
if WEIXIN_APP_ID:
    WEIXIN = {"client_id": WEIXIN_APP_ID, "secret": WEIXIN_APP_SECRET, "name": "WeChat"}
    SOCIALACCOUNT_PROVIDERS["weixin"] = {"APPS": [WEIXIN]}
    SIGN_IN_ORIGINS.append("https://open.weixin.qq.com")
if OIDC_SERVER_URL:
    OIDC = {
        "provider_id": "sso",
        "name": OIDC_NAME,
        "client_id": OIDC_CLIENT_ID,
        "secret": OIDC_CLIENT_SECRET,
        "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
    }
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {"APPS": [OIDC]}
    SIGN_IN_ORIGINS += env.list("OIDC_ORIGINS", default=["/".join(OIDC_SERVER_URL.split("/")[:3])])

# Platforms whose accounts are proven by signing in there; `docs/operations.md` has the keys.
ACCOUNT_PROOF_APPS: dict[str, dict[str, str]] = env.json("ACCOUNT_PROOF_APPS", default={})
for proof_app in ACCOUNT_PROOF_APPS.values():
    proof_urls = [proof_app[f"{name}_url"] for name in ("authorize", "token", "profile")]
    if IS_PRODUCTION and not all(url.startswith("https://") for url in proof_urls):
        raise ImproperlyConfigured("ACCOUNT_PROOF_APPS: addresses begin with https://")
    SIGN_IN_ORIGINS.append("/".join(proof_urls[0].split("/")[:3]))

# --- cache: in the database, so that the site goes on when the broker is gone --------------------
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

# --- mail ---------------------------------------------------------------------------------------
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

# --- language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # shown at the edge; the database keeps UTC

# --- static files ---------------------------------------------------------------------------------
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

# --- browser security -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Tabler draws its select arrow and ticks as data: images
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *SIGN_IN_ORIGINS],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 86400)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True

# --- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.parties.authentication.PartySessionAuthentication",
        "portal.parties.authentication.KeyAuthentication",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["portal.parties.authentication.KeyThrottle"],
    "DEFAULT_THROTTLE_RATES": {"key": env.str("API_KEY_RATE", default="600/min")},
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "portal.core.api.pagination.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.core.api.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "portal.core.api.errors.exception_handler",
    "PAGE_SIZE": 20,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Trilink API",
    "DESCRIPTION": (
        "How to call it: `docs/api.md` of the source. What anybody learns of a party by it, field "
        "by field and why: `docs/visible.md`."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "portal.core.api.parameters.describe_refusal",
    ],
    "ENUM_NAME_OVERRIDES": {  # where one list stands under several names
        "AdviceTopicEnum": "training.advice.states.AdviceTopic",
        "AppealOutcomeEnum": "portal.evaluation.states.AppealOutcome.values",
        "AppealStatusEnum": "portal.evaluation.states.AppealStatus.values",
        "CertificationPaperKindEnum": "portal.tiers.certification_states.PaperKind",
        "ClaimStatusEnum": "portal.parties.states.ClaimStatus",
        "OpeningStatusEnum": "portal.parties.states.OpeningStatus.values",
        "ConductCaseStatusEnum": "portal.conduct.states.CaseStatus.values",
        "ConductMeasureKindEnum": "portal.conduct.states.MeasureKind.values",
        "CourseTopicEnum": "training.courses.states.Topic",
        "FactPartEnum": "portal.parties.profile_states.FactPart",
        "GrowthBenefitKindEnum": "portal.growth.states.ProviderBenefit",
        "GrowthLevelEnum": "portal.growth.states.Level",
        "ProviderSizeEnum": "portal.growth.states.Size",
        "FrameworkSideEnum": "portal.tiers.framework_states.FrameworkSide",
        "GivenRoleEnum": "portal.parties.api.members.GIVABLE",
        "LedgerAccountKindEnum": "portal.ledger.states.Kind",
        "PaperRoleEnum": "portal.revenue.states.PaperRole",
        "PartyKindEnum": "portal.parties.states.PartyKind",
        "PostCarrierEnum": "matchmaking.recruiting.states.Carrier",
        "PostRejectReasonEnum": "matchmaking.recruiting.states.REJECT_CHOICES",
        "PostWithdrawReasonEnum": "matchmaking.recruiting.states.WithdrawReason",
        "PostLossReasonEnum": "matchmaking.recruiting.states.LOSS_REASONS",
        "ProductSourceEnum": "portal.policies.states.ProductSource",
        "QuestionKindEnum": "training.assessment.states.QuestionKind",
        "SizeEnum": "matchmaking.fairs.states.BrandSize",
        "StarAppealStatusEnum": "portal.tiers.states.AppealStatus",
    },
}

# --- logs: one JSON object a line, with the ids of the request and of who acted -------------------
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
    LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]
