"""All settings of a node in one file. Every value comes from the environment (docs/operations.md lists them)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from kenesh.config import node
from kenesh.config.environment import (
    as_address,
    as_address_of_a_room,
    as_country,
    as_database,
    as_flag,
    as_folder,
    as_language,
    as_languages,
    as_number,
    as_text,
    read,
)
from kenesh.kernel.stylesheet import stylesheet_hashes
from kenesh.site import messages

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE_CODES = ("ky", "ru", "uz", "tg", "kk", "hy", "en")

# --- the node -------------------------------------------------------------------------------------------------------
HOME = read("KENESH_HOME", "var", "the folder that holds everything this node owns", as_folder)
PORT = read("KENESH_PORT", "8000", "the port on which the web server listens", as_number(1, 65535))
# A laptop that runs one meeting: `kenesh venue open` leaves this file in its folder, so that no other command forgets it.
AT_VENUE = (HOME / "venue.json").exists()
ADDRESS = read(
    "KENESH_ADDRESS",
    f"http://localhost:{PORT}",
    "the address at which people reach this node",
    as_address_of_a_room if AT_VENUE else as_address,
)
DATABASE_URL = read("KENESH_DATABASE_URL", "sqlite", "where the database is", as_database)
NODE_NAME = read("KENESH_NODE_NAME", "Kenesh", "the name of the office or council, shown on every page", as_text(80))
NODE_EMBLEM = read("KENESH_NODE_EMBLEM", "", "the file of the emblem (SVG or PNG) in KENESH_HOME/files/public", as_text(80))
SERVER_COUNTRY = read("KENESH_SERVER_COUNTRY", "", "two letters of the country whose law the server stands under", as_country)
DEBUG = read("KENESH_DEBUG", "no", "Django's debug pages, for developers, on localhost only", as_flag)
SESSION_MINUTES = read("KENESH_SESSION_MINUTES", "15", "idle minutes after which casework locks itself", as_number(1, 120))
LANGUAGE_CODE = read("KENESH_LANGUAGE", "ru", "the language when the browser asks for none of ours", as_language(LANGUAGE_CODES))
WRITING_LANGUAGES = read(
    "KENESH_WRITING_LANGUAGES",
    "ru,ky,en",
    "the languages in which the node writes, in the order of the boxes",
    as_languages(LANGUAGE_CODES),
)
TIME_ZONE = read("KENESH_TIME_ZONE", "Asia/Bishkek", "the zone in which staff pages show times", as_text(40))
EMAIL_URL = read(
    "KENESH_EMAIL", "files", "how letters go out: files (KENESH_HOME/outbox) or smtp://user:password@host:port", as_text(300)
)
FROM_EMAIL = read("KENESH_EMAIL_FROM", "kenesh@localhost", "the sender of letters", as_text(120))
NOTICE_FROM = read(
    "KENESH_NOTICE_FROM",
    "",
    "the sender of notices to people who appeal, a neutral one; without it KENESH_EMAIL_FROM",
    as_text(120),
)
HOTLINE = read("KENESH_HOTLINE", "112", "the emergency number shown on the appeal pages", as_text(40))
EMBEDDINGS = read(
    "KENESH_EMBEDDINGS", "", "a backend that adds vectors to search, as module:Class; none is used without it", as_text(200)
)
WEB_PROCESSES = read("KENESH_WEB_PROCESSES", "2", "processes of the web server", as_number(1, 64))
WEB_THREADS = read("KENESH_WEB_THREADS", "16", "threads of each process of the web server", as_number(2, 64))
WARM_UP = read("KENESH_WARM_UP", "yes", "web processes load everything before they answer the first request", as_flag)
_ledger = read(
    "KENESH_LEDGER",
    "ledger/erasures.tsv",
    "the file that remembers which keys were destroyed, for `kenesh restore`: best on another disk (from KENESH_HOME, or absolute)",
    as_text(300),
)
DRAFT_FILES_MB = read(
    "KENESH_DRAFT_FILES_MB", "2048", "megabytes that files of forms which were not sent yet may take", as_number(50, 1_000_000)
)
LEAVE_TO = read(
    "KENESH_LEAVE_TO", "https://www.google.com/search?q=weather", "where the quick exit leads: an everyday page", as_text(200)
)

HTTPS = ADDRESS.startswith("https://")
PROXIES = read(
    "KENESH_PROXIES",
    "1" if HTTPS else "0",
    "how many proxies of yours stand in front, each adding to X-Forwarded-For the address that it sees",
    as_number(1 if HTTPS else 0, 9),  # https comes from a proxy, and that many are believed
)
CALM_PER_MINUTE = read(
    "KENESH_CALM_PER_MINUTE",
    "60",
    "appeals, and likewise receipts typed in, that come in a minute without anything being asked of anybody",
    as_number(1, 1_000_000),
)
PROOF_BITS = read("KENESH_PROOF_BITS", "18", "the work in a proof when a flood begins; each more doubles it", as_number(1, 24))
TURN_SECONDS = read("KENESH_TURN_SECONDS", "10", "seconds between two turns of one network in a flood", as_number(1, 600))
API_PER_MINUTE = read(
    "KENESH_API_PER_MINUTE", "120", "requests to /api/v1/ that one network may send in a minute", as_number(1, 1_000_000)
)
DATA_LICENCE = read(
    "KENESH_DATA_LICENCE", "", "the address of the licence under which others may use what the node publishes", as_text(200)
)
if DEBUG and HTTPS:
    sys.exit("KENESH_DEBUG=yes is refused on an address with https: debug pages show what is private. Unset it.")

SECRETS = node.load_or_create(HOME)
NODE_ID = SECRETS.node_id
FILES = HOME / "files"
LEDGER = HOME / _ledger  # an absolute path stays what it is

# --- Django ---------------------------------------------------------------------------------------------------------
SECRET_KEY = SECRETS.django.hex()
_host = urlsplit(ADDRESS).hostname or ""
ALLOWED_HOSTS = [f"[{_host}]" if ":" in _host else _host] if HTTPS else ["localhost", "127.0.0.1", "[::1]"]
if AT_VENUE and not HTTPS:
    ALLOWED_HOSTS.append(f"[{_host}]" if ":" in _host else _host)
ROOT_URLCONF = "kenesh.site.urls"
WSGI_APPLICATION = "kenesh.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
FORM_RENDERER = "kenesh.site.forms_renderer.KeneshRenderer"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

INSTALLED_APPS = [
    "kenesh.site",
    "kenesh.casework",
    "kenesh.appeals",
    "kenesh.followup",
    "kenesh.council",
    "kenesh.problems",
    "kenesh.library",
    "kenesh.people",
    "kenesh.search",
    "kenesh.themes",
    "kenesh.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kenesh.kernel.middleware.bounded_bodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kenesh.kernel.middleware.headers",
    "kenesh.kernel.middleware.Compression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kenesh.people.middleware.unlocks",
    "kenesh.kernel.access.deny_by_default",
    "django.contrib.messages.middleware.MessageMiddleware",
    "kenesh.council.venue.guard.guarded",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kenesh.people.middleware.joined_records",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kenesh.site.context.everywhere",
            ],
        },
    }
]

# --- database: durable means durable (FULL: a power cut lost acknowledged commits with NORMAL) -------------------------
DATABASES: dict[str, dict[str, Any]]
if DATABASE_URL.engine == "sqlite":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "kenesh.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON"
                ),
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": DATABASE_URL.name,
            "HOST": DATABASE_URL.host,
            "PORT": DATABASE_URL.port,
            "USER": DATABASE_URL.user,
            "PASSWORD": DATABASE_URL.password,
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,  # after a restart of the database the next request opens a new connection
            # Parameters travel apart from the SQL text, so that PostgreSQL's error log never holds them.
            # Compiling (jit) pays for reports of minutes; each of our questions would wait 80 ms for it.
            "OPTIONS": {"server_side_binding": True, "options": "-c log_parameter_max_length_on_error=0 -c jit=off"},
        }
    }
ATOMIC_REQUESTS = False

# --- languages ------------------------------------------------------------------------------------------------------
LANGUAGES = [
    ("ky", "Кыргызча"),
    ("ru", "Русский"),
    ("uz", "Oʻzbekcha"),
    ("tg", "Тоҷикӣ"),
    ("kk", "Қазақша"),
    ("hy", "Հայերեն"),
    ("en", "English"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
messages.compile_if_stale(PACKAGE / "locale")
USE_I18N = True
USE_TZ = True
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- sign-in --------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["kenesh.people.sign_in.VerifierBackend"]
PASSWORD_HASHERS = ["kenesh.people.sign_in.VerifierHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/work/sign-in/"

# --- cookies: two nodes on one host share cookies across ports, so the node's id is part of each name ------------------
_prefix = "__Host-" if HTTPS else ""
COOKIE_PREFIX = f"{_prefix}kenesh-{NODE_ID[:8]}"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}-session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}-csrf"
UNLOCK_COOKIE_NAME = f"{COOKIE_PREFIX}-unlock"
DRAFT_COOKIE_NAME = f"{COOKIE_PREFIX}-draft"
STATUS_COOKIE_NAME = f"{COOKIE_PREFIX}-status"
ANSWER_COOKIE_NAME = f"{COOKIE_PREFIX}-answer"
PHONE_COOKIE_NAME = f"{COOKIE_PREFIX}-phone"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}-device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_AGE = None  # ends with the browser: a phone that is searched tomorrow shows nothing
MESSAGE_STORAGE = "kenesh.site.flash.Flash"
CSRF_TRUSTED_ORIGINS = [ADDRESS]

# --- headers --------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": with it browsers send `Origin: null` with every form, and the check against forged requests would refuse all.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the proxy in front does it; docs/operations.md
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF, *stylesheet_hashes()],  # our own sheets, carried inside the pages
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
# Nothing is ever spooled to a temporary folder: files are sealed chunk by chunk as they come in.
FILE_UPLOAD_HANDLERS = ["kenesh.kernel.uploads.SealingUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 200  # the library takes 50 at once, and says so of a larger folder; every form bounds its bytes
DATA_UPLOAD_MAX_MEMORY_SIZE = 524_288

# --- shared by the processes ----------------------------------------------------------------------------------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kenesh_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- letters --------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = FROM_EMAIL
NOTICE_FROM = NOTICE_FROM or FROM_EMAIL
MAIL_IS_SENT = EMAIL_URL != "files"  # else no notice by e-mail is offered to people who appeal
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "outbox"
if EMAIL_URL != "files":
    _mail = urlsplit(EMAIL_URL)
    if _mail.scheme not in {"smtp", "smtps"} or not _mail.hostname:
        sys.exit("KENESH_EMAIL cannot be used: write files or smtp://user:password@host:port (smtps:// for TLS from the start)")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_TIMEOUT = 20  # seconds, or a mail server that does not answer holds the worker
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp"

# --- logs: type and place of an error, never its message; no HTML reports, no mails to admins --------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "kenesh.kernel.logs.PlaceOnly", "format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
