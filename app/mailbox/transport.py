"""How a letter leaves: files that open in a browser by default, SMTP by MAIL_URL."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from flask import Flask, current_app
from flask_mailman import EmailMultiAlternatives, Mail

from app.accounts.queries import is_marked
from config import UnsafeConfiguration

FILES = "app.mailbox.files"
SMTP_SCHEMES = {"smtp", "smtps", "smtp+tls"}
DEFAULT_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
TIMEOUT = 10

mail = Mail()


def install_mail(app: Flask) -> None:
    """Read MAIL_URL: file:///folder, memory:, console:, smtp://user:password@host:port, smtps://, smtp+tls://."""
    app.config.update(_mail_settings(app.config["GUICHET"].mail_url))
    app.config.setdefault("MAIL_FILE_PATH", str(app.config["GUICHET"].instance_dir / "letters"))
    app.config.setdefault("MAIL_DEFAULT_SENDER", _sender(app))
    mail.init_app(app)


def send(letter_name: str, message_id: str, address: str, subject: str, text: str, html: str) -> None:
    """Send one letter; a demonstration database writes files whatever MAIL_URL says."""
    connection = mail.get_connection(backend=FILES if is_marked() else None)
    message = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=current_app.config["MAIL_DEFAULT_SENDER"],
        to=[address],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "X-Guichet-Letter": letter_name,
        },
        connection=connection,
    )
    message.attach_alternative(html, "text/html")
    message.send()


def _mail_settings(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme in SMTP_SCHEMES:
        return _smtp_settings(url)
    if parts.scheme == "memory":
        return {"MAIL_BACKEND": "locmem"}
    if parts.scheme == "console":
        return {"MAIL_BACKEND": "console"}
    if parts.scheme == "file" and parts.path:
        return {"MAIL_BACKEND": FILES, "MAIL_FILE_PATH": unquote(parts.path)}
    raise UnsafeConfiguration(
        f"MAIL_URL commence par « {parts.scheme} ». Écrivez smtp://, smtps:// ou file:///."
    )


def _smtp_settings(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    settings: dict[str, object] = {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": parts.hostname or "localhost",
        "MAIL_PORT": parts.port or DEFAULT_PORTS[parts.scheme],
        "MAIL_USERNAME": unquote(parts.username) if parts.username else None,
        "MAIL_PASSWORD": unquote(parts.password) if parts.password else None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp+tls",
        "MAIL_TIMEOUT": TIMEOUT,
    }
    sender = parse_qs(parts.query).get("from")
    return settings | ({"MAIL_DEFAULT_SENDER": sender[0]} if sender else {})


def _sender(app: Flask) -> str:
    host = urlsplit(app.config["GUICHET"].base_url).hostname or "localhost"
    return f"Guichet RH et Compétences <guichet@{host}>"
