"""Django settings. Everything an operator may change is an environment variable, told in docs/operators.md."""

import os
from typing import Any

import django_stubs_ext

from lianxue.platform.database_url import DatabaseAddress, parse
from lianxue.platform.environment import number, switch, words
from lianxue.platform.keys import read_keys
from lianxue.platform.places import TYPEFACES, places
from lianxue.platform.postgres.place import known_home
from lianxue.platform.postgres.server import NAME, socket_directory

django_stubs_ext.monkeypatch()  # lets QuerySet[Row] and the like be written in annotations

PLACES = places()
KEYS = read_keys(PLACES.keys)

# --- how this installation runs ------------------------------------------------------------------------------------

DEBUG = switch("LIANXUE_DEBUG")
DEMO = switch("LIANXUE_DEMO")  # demonstration accounts, entered with one click: never beside real data
TESTING = switch("LIANXUE_TESTING")
HTTPS = switch("LIANXUE_HTTPS")

ALLOWED_HOSTS = words("ALLOWED_HOSTS", "*" if DEMO else "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if HTTPS and host != "*"]

SECRET_KEY = KEYS.secret_key
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
SEALING_KEYS = KEYS.sealing_keys
BLIND_INDEX_KEY = KEYS.blind_index_key

# --- the house -----------------------------------------------------------------------------------------------------

FEATURES = [
    "lianxue.web",
    "lianxue.demo",
    "lianxue.workforce",
    "lianxue.distribution",
    "lianxue.programmes",
    "lianxue.documents",
    "lianxue.resources",
    "lianxue.notices",
    "lianxue.orgs",
    "lianxue.accounts",
    "lianxue.kernel",
]

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    *FEATURES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # the widgets that the design system does not draw itself
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]

MIDDLEWARE = [
    "lianxue.platform.health.HealthMiddleware",
    "lianxue.platform.client_address.ClientAddressMiddleware",
    "lianxue.platform.request_log.RequestLogMiddleware",
    "lianxue.platform.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lianxue.platform.sessions.SlidingSessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianxue.orgs.interfaces.web.middleware.ActorMiddleware",
    "lianxue.accounts.interfaces.web.middleware.FirstPasswordMiddleware",
]

ROOT_URLCONF = "lianxue.web.urls"
WSGI_APPLICATION = "lianxue.platform.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianxue.web.interfaces.web.frame.frame",
                *(["lianxue.demo.interfaces.web.frame.demonstration"] if DEMO else []),
            ],
        },
    }
]

FORM_RENDERER = "lianxue.web.interfaces.web.form_rendering.PageForms"
HELP_LINE = os.environ.get("HELP_LINE", "")  # a telephone number, shown at the foot of every page

# --- the one database ----------------------------------------------------------------------------------------------


def _address() -> DatabaseAddress:
    """Return the database that DATABASE_URL names, or else the embedded one."""
    named = os.environ.get("DATABASE_URL")
    if named:
        return parse(named)
    return DatabaseAddress(name=NAME, user=NAME, host=str(socket_directory(known_home(PLACES))))


ADDRESS = _address()
POOL_SIZE = number("LIANXUE_DATABASE_POOL", 0)  # set by the web process, which answers in several threads
# A statement that a connection has sent twice is kept by the server and not parsed again. A proxy that deals statements
# out to several connections cannot have it.
KEPT_STATEMENTS = switch("LIANXUE_KEPT_STATEMENTS", True)

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": ADDRESS.name,
        "USER": ADDRESS.user,
        "PASSWORD": ADDRESS.password,
        "HOST": ADDRESS.host,
        "PORT": ADDRESS.port,
        "CONN_MAX_AGE": 0 if POOL_SIZE else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **ADDRESS.options,
            "server_side_binding": True,
            "prepare_threshold": 2 if KEPT_STATEMENTS else None,
            **({"pool": {"min_size": 1, "max_size": POOL_SIZE, "timeout": 10}} if POOL_SIZE else {}),
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes, so that throttling counts once: a table in the same database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
}

# --- people --------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "lianxue.accounts.interfaces.web.backend.Accounts"
]  # account names to the letter (S1-86)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_PASSWORDS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_PASSWORDS}.MinimumLengthValidator",
        "OPTIONS": {"min_length": number("LIANXUE_PASSWORD_LENGTH", 8)},
    },
    {"NAME": "lianxue.accounts.rules.CharacterClasses"},
    {
        "NAME": f"{_PASSWORDS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": f"{_PASSWORDS}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "lianxue.accounts.interfaces.web.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "lianxue.accounts.interfaces.web.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# By address (a school's people share one), and by account for the second step; the lock of account names after wrong
# passwords is stricter and stands in lianxue.accounts.rules.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,10/5m/key"}
MFA_ADAPTER = "lianxue.accounts.interfaces.web.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "联学 Lianxue"

SESSION_ENGINE = "lianxue.platform.sessions"
SESSION_COOKIE_AGE = 60 * number("LIANXUE_SESSION_MINUTES", 30)
SESSION_SAVE_EVERY_REQUEST = (
    False  # the session ends after that long without a request: lianxue.platform.sessions
)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# --- the browser's protections -------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the style sheet draws its small arrows and ticks as data: pictures
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PERMISSIONS_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = number("LIANXUE_HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Believe these headers only behind a proxy that sets them itself and drops what the visitor sent.
BEHIND_PROXY = switch("LIANXUE_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
PROXY_COUNT = number("LIANXUE_PROXY_COUNT", 1) if BEHIND_PROXY else 0

# --- languages and times -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- files ---------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = PLACES.static
MEDIA_ROOT = PLACES.files
MEDIA_URL = ""  # nothing is served by path: the feature that owns a file serves it under its rule
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG or TESTING
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = (
    25_000  # a form with grids has up to 20,000 boxes, and hidden ones beside them
)
PICTURE_MAX_BYTES = number("LIANXUE_PICTURE_MAX_MB", 12) * 1024 * 1024
PICTURE_MAX_PIXELS = 60_000_000  # what a picture may unfold to; the largest telephone cameras take 50 million
DOCUMENT_MAX_BYTES = number("LIANXUE_DOCUMENT_MAX_MB", 20) * 1024 * 1024
TABLE_MAX_BYTES = number("LIANXUE_TABLE_MAX_MB", 10) * 1024 * 1024
# The typefaces of printed forms: whole TTF files from the npm lock file, since no system font can be relied on.
FONT_DIRS = [PLACES.typefaces / name for name in TYPEFACES]

# --- mail ----------------------------------------------------------------------------------------------------------

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
SUBMISSIONS, SUBMISSION = 465, 587  # the two ports for handing in mail: TLS from the start, or by STARTTLS
EMAIL_PORT = number("EMAIL_PORT", SUBMISSIONS)
EMAIL_USE_SSL = EMAIL_PORT == SUBMISSIONS
EMAIL_USE_TLS = EMAIL_PORT == SUBMISSION
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "lianxue@localhost")

# --- what leaves the platform: links in mail, robots of groups --------------------------------------------------------

_FIRST_HOST = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
SITE_URL = os.environ.get("LIANXUE_SITE_URL", "").rstrip("/") or f"http{'s' * HTTPS}://{_FIRST_HOST}"
WEBHOOK_HOSTS = words("LIANXUE_WEBHOOK_HOSTS", "oapi.dingtalk.com,qyapi.weixin.qq.com")
WEBHOOK_PRIVATE_HOSTS = words(
    "LIANXUE_WEBHOOK_PRIVATE_HOSTS"
)  # of those, the ones that stand in the own network

# --- the open interface ---------------------------------------------------------------------------------------------

API_CALLS_PER_MINUTE = number("LIANXUE_API_CALLS_PER_MINUTE", 600)  # of one token

# --- jobs ----------------------------------------------------------------------------------------------------------

PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful", "concurrency": 2}

# --- programmes ----------------------------------------------------------------------------------------------------

PROGRAMME_DEFINITIONS = PLACES.definitions
PROGRAMME_FAULTS_STOP = True  # `lianxue definitions check` starts without, to tell what is wrong

# --- choices where the published wording is open -------------------------------------------------------------------

# S0-29: one copy of each title stays on display. Whether that copy may be lent for a while is not said.
LEND_LAST_DISPLAY_COPY = switch("LIANXUE_LEND_LAST_DISPLAY_COPY")

LOGGING_CONFIG = "lianxue.platform.log.configure"
LOGGING: dict[str, Any] = {
    "json": switch("LIANXUE_LOG_JSON", not DEBUG),
    "level": "WARNING" if DEMO else "INFO",  # who tries the demonstration wants to read what `serve` tells
}
