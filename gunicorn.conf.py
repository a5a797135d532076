"""The production web server, set by the same environment as the application."""

from config import ROOT, Config, load_dotenv

load_dotenv(ROOT / ".env")
_config = Config.from_environment()

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
