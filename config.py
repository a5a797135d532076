"""Settings, read once from the environment; an unsafe production is refused with a sentence."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import load_dotenv

__all__ = ["ROOT", "Config", "UnsafeConfiguration", "load_dotenv"]

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "demonstration", "test")
WEAK_SECRETS = {"", "dev", "secret", "change-me", "changeme", "a-changer"}
SECRET_LENGTH = 32


class UnsafeConfiguration(RuntimeError):
    """The settings cannot be served safely; the message says, in French, what to change."""


@dataclass(frozen=True, slots=True)
class Config:
    env: str
    secret_key: str
    link_key: str
    base_url: str
    database_url: str
    instance_dir: Path
    mail_url: str
    limiter_url: str
    web_workers: int
    host: str
    port: int
    demo: bool
    trusted_proxies: int = 0
    entreprises_url: str = ""
    attachments_url: str = ""
    clamd_url: str = ""
    attachment_mb: int = 10
    attachments_per_message: int = 5
    attachments_per_inquiry: int = 40

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def engine(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.database_url.partition(":")[0].partition("+")[0]

    @property
    def attachments(self) -> str:
        """Where joined files are kept: an address fsspec understands, never below the folder served."""
        return self.attachments_url or f"file://{self.instance_dir / 'attachments'}"

    @classmethod
    def from_environment(cls, env: Mapping[str, str] = os.environ) -> Config:
        """Read and check every setting; raises UnsafeConfiguration."""
        name = env.get("GUICHET_ENV", "demonstration")
        if name not in ENVIRONMENTS:
            raise UnsafeConfiguration(f"GUICHET_ENV vaut « {name} » ; choisissez {', '.join(ENVIRONMENTS)}.")
        instance = Path(env.get("INSTANCE_DIR") or ROOT / "instance").resolve()
        port = _whole_number(env, "PORT", 8000)
        keys = {} if name == "production" else _drawn_keys(instance)
        config = cls(
            env=name,
            secret_key=env.get("SECRET_KEY") or keys.get("secret_key", ""),
            link_key=env.get("LINK_KEY") or keys.get("link_key", ""),
            base_url=(
                env.get("BASE_URL") or ("" if name == "production" else f"http://127.0.0.1:{port}")
            ).rstrip("/"),
            database_url=_database_url(env.get("DATABASE_URL", ""), instance),
            instance_dir=instance,
            mail_url=env.get("MAIL_URL") or f"file://{instance / 'letters'}",
            limiter_url=env.get("LIMITER_URL") or "memory://",
            web_workers=_whole_number(env, "WEB_WORKERS", 1),
            host=env.get("HOST") or "127.0.0.1",
            port=port,
            demo=name != "production" and env.get("DEMO", "1") != "0",
            entreprises_url=env.get("ENTREPRISES_URL", "").rstrip("/"),
            trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0, lowest=0),
            attachments_url=env.get("ATTACHMENTS_URL", ""),
            clamd_url=env.get("CLAMD_URL", ""),
            attachment_mb=_whole_number(env, "ATTACHMENT_MB", 10),
            attachments_per_message=_whole_number(env, "ATTACHMENTS_PER_MESSAGE", 5),
            attachments_per_inquiry=_whole_number(env, "ATTACHMENTS_PER_INQUIRY", 40),
        )
        config.refuse_if_unsafe()
        return config

    def flask(self) -> dict[str, object]:
        """What the framework and its extensions read."""
        return {
            "GUICHET": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            # Without it, the message of a failed statement repeats what was being written.
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": self.engine != "sqlite", "hide_parameters": True},
            "RATELIMIT_STORAGE_URI": self.limiter_url,
            "RATELIMIT_ENABLED": self.env != "test",
            # A store of limits that is away must not close the desk: each process then counts by itself.
            "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
            "SESSION_COOKIE_SECURE": self.base_url.startswith("https://"),
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "TESTING": self.env == "test",
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
            "MAX_FORM_PARTS": 500,
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_CSRF_ENABLED": self.env != "test",
        }

    def refuse_if_unsafe(self) -> None:
        """Raise UnsafeConfiguration for the first unsafe setting."""
        if str(ROOT / "app") in self.attachments_url:
            raise UnsafeConfiguration(
                "ATTACHMENTS_URL désigne un dossier du logiciel. Choisissez un dossier que rien ne publie."
            )
        if not self.production:
            return
        for name, value in (("SECRET_KEY", self.secret_key), ("LINK_KEY", self.link_key)):
            if value.lower() in WEAK_SECRETS or len(value) < SECRET_LENGTH:
                raise UnsafeConfiguration(
                    f"{name} manque ou est trop court. Donnez au moins {SECRET_LENGTH} caractères tirés au hasard."
                )
        if self.secret_key == self.link_key:
            raise UnsafeConfiguration(
                "SECRET_KEY et LINK_KEY sont identiques. Tirez deux secrets différents."
            )
        if not self.base_url.startswith("https://"):
            raise UnsafeConfiguration("BASE_URL manque. Donnez l’adresse publique, en https://.")
        if self.entreprises_url and not self.entreprises_url.startswith("https://"):
            raise UnsafeConfiguration("ENTREPRISES_URL doit commencer par https://, ou rester vide.")
        if self.web_workers > 1 and self.limiter_url.startswith("memory:"):
            raise UnsafeConfiguration(
                "LIMITER_URL est en mémoire alors que WEB_WORKERS dépasse 1. Donnez une adresse redis://."
            )


def _whole_number(env: Mapping[str, str], name: str, default: int, lowest: int = 1) -> int:
    text = env.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or not lowest <= int(text[:9]) < 65536:
        raise UnsafeConfiguration(f"{name} vaut « {text} » ; donnez un nombre entier positif.")
    return int(text)


def _database_url(url: str, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'guichet.sqlite'}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _drawn_keys(instance: Path) -> dict[str, str]:
    """Secrets of a demonstration: drawn once, kept readable by their owner alone."""
    path = instance / "keys.json"
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    drawn = {"secret_key": secrets.token_hex(32), "link_key": secrets.token_hex(32)}
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(drawn, file)
    return drawn
