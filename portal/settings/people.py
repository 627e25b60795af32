"""Who signs in, and by what."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.environment import IS_PRODUCTION, TRILINK_ENV, env

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
