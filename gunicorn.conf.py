"""The production web server, set by the same environment as the application."""

import subprocess
import sys

from config import ROOT, Config, load_dotenv

load_dotenv(ROOT / ".env")
_config = Config.from_environment()
REFUSED = 2

bind = f"{_config.host}:{_config.port}"
workers = _config.web_workers
worker_class = "gthread"
threads = 8
# Loading touches neither database nor queue: a worker that dies is replaced by a fork, at once.
preload_app = True
timeout = 30
graceful_timeout = 10
# A warning of the server quotes the address and the first line of whoever sends garbage.
loglevel = "error"


def on_starting(_server: object) -> None:
    """However it is started: a database of invented content is not served with production settings."""
    if _config.demo:
        return
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "setup", "verify"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  our own
    if done.returncode == REFUSED:
        sys.stderr.write(done.stderr)
        sys.exit(REFUSED)
