"""The boot order: settings, extensions, tables, capabilities, doors, commands. Nothing here touches a database."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

from app.accounts.security import install_security
from app.cli.groups import add_commands
from app.collective.action_letters import install_collective_actions
from app.collective.letters import install_collective
from app.dossiers.letters import install_letters
from app.dossiers.letters_of_moves import install_letters_of_moves
from app.dossiers.reminder_letters import install_reminder_letters
from app.exchanges.letters import install_exchanges
from app.exchanges.resuming import install_resuming
from app.extensions import csrf, db, limiter, migrate
from app.mailbox.digests import install_digests
from app.mailbox.queue import install_queue
from app.mailbox.transport import install_mail
from app.officials.tried import install_tried
from app.opinions.letters import install_opinions
from app.web.assets import build_font
from app.web.opening import open_doors
from app.workbench.duties import install_workbench
from config import ROOT, Config

TABLES = (
    "territory",
    "directory",
    "gpec",
    "accounts",
    "proposals",
    "rulebooks",
    "inquiries",
    "establishments",
    "dossiers",
    "mailbox",
    "workbench",
    "exchanges",
    "opinions",
    "selfcheck",
    "collective",
    "reporting",
)
WEB = ROOT / "app" / "web"
INSTALLS = (
    install_security,
    install_mail,
    install_queue,
    install_digests,
    install_letters,
    install_reminder_letters,
    install_letters_of_moves,
    install_exchanges,
    install_resuming,
    install_opinions,
    install_workbench,
    install_tried,
    install_collective,
    install_collective_actions,
    open_doors,
    add_commands,
)


def build(config: Config) -> Flask:
    app = Flask(
        "app",
        instance_path=str(config.instance_dir),
        template_folder=str(WEB / "templates"),
        static_folder=str(WEB / "static"),
    )
    app.config.from_mapping(config.flask(), SETUP_STEPS=(build_font,))
    for extension in (db, csrf, limiter):
        extension.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    for capability in TABLES:
        import_module(f"app.{capability}.models")
    for install in INSTALLS:
        install(app)
    return app
