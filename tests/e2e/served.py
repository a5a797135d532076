"""The service as it runs: gunicorn and the worker in processes of their own, on an instance of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config import ROOT, Config

PATIENCE = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Served:
    """A running service; `stop` ends whatever was started."""

    config: Config
    workers: int = 2
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.config.port}"

    def environment(self) -> Mapping[str, str]:
        told = {
            "GUICHET_ENV": self.config.env,
            "DATABASE_URL": self.config.database_url,
            "INSTANCE_DIR": str(self.config.instance_dir),
            "SECRET_KEY": self.config.secret_key,
            "LINK_KEY": self.config.link_key,
            "BASE_URL": self.url,
            "HOST": "127.0.0.1",
            "PORT": str(self.config.port),
            "WEB_WORKERS": str(self.workers),
        }
        kept = {
            name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "LC_ALL"}
        }
        return kept | told

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        log = (Path(self.config.instance_dir) / "served.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=dict(self.environment()), stdout=log, stderr=log
        )
        log.close()
        self.processes.append(process)
        return process

    def serve(self) -> subprocess.Popen[bytes]:
        master = self.start("gunicorn", "wsgi:application")
        self.wait_until_alive()
        return master

    def deliver(self) -> subprocess.Popen[bytes]:
        return self.start("flask", "--app", "wsgi", "mail", "worker")

    def wait_until_alive(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"{self.url}/healthz", timeout=2) as answer:  # noqa: S310
                    if answer.status == 200:
                        return
            except (URLError, OSError):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def children(pid: int) -> list[int]:
    """The processes this one started (Linux)."""
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []
