"""An unsafe production is refused with a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import ROOT, Config, UnsafeConfiguration

SAFE = {
    "GUICHET_ENV": "production",
    "SECRET_KEY": "s" * 20 + "1" * 20,
    "LINK_KEY": "l" * 20 + "2" * 20,
    "BASE_URL": "https://guichet.exemple.fr",
}


def read(folder: Path, **changes: str) -> Config:
    return Config.from_environment({"INSTANCE_DIR": str(folder), **SAFE, **changes})


def test_a_safe_production_is_accepted(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert config.production and not config.demo and config.engine == "sqlite"
    assert not (tmp_path / "keys.json").exists()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 31}, "SECRET_KEY"),
        ({"LINK_KEY": ""}, "LINK_KEY"),
        ({"LINK_KEY": SAFE["SECRET_KEY"]}, "identiques"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"BASE_URL": "http://guichet.exemple.fr"}, "BASE_URL"),
        ({"WEB_WORKERS": "2"}, "LIMITER_URL"),
        ({"WEB_WORKERS": "many"}, "WEB_WORKERS"),
        ({"PORT": "0"}, "PORT"),
        ({"PORT": "²"}, "PORT"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"PORT": "9" * 5000}, "PORT"),
        ({"GUICHET_ENV": "prod"}, "GUICHET_ENV"),
    ],
)
def test_an_unsafe_one_is_refused(tmp_path: Path, changes: dict[str, str], named: str) -> None:
    with pytest.raises(UnsafeConfiguration, match=named):
        read(tmp_path, **changes)


def test_several_workers_share_a_limiter(tmp_path: Path) -> None:
    assert read(tmp_path, WEB_WORKERS="4", LIMITER_URL="redis://127.0.0.1:6379/0").web_workers == 4


def test_no_proxy_is_trusted_unless_told(tmp_path: Path) -> None:
    assert read(tmp_path).trusted_proxies == read(tmp_path, TRUSTED_PROXIES="0").trusted_proxies == 0
    assert read(tmp_path, TRUSTED_PROXIES="2").trusted_proxies == 2


def test_a_demonstration_draws_its_secrets_once(tmp_path: Path) -> None:
    first = Config.from_environment({"INSTANCE_DIR": str(tmp_path)})
    assert first.demo and first.host == "127.0.0.1"
    assert len({first.secret_key, first.link_key}) == 2 and len(first.secret_key) >= 32
    assert Config.from_environment({"INSTANCE_DIR": str(tmp_path)}).link_key == first.link_key
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_every_setting_is_in_the_example() -> None:
    named = {
        line.partition("=")[0]
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if "=" in line and not line.startswith("#")
    }
    code = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("config.py", "app/territory/reference.py")
    )
    read_by_code = {word for word in named if f'"{word}"' in code}
    assert named == read_by_code
    assert {"GUICHET_ENV", "PORT", "HOST", "DATABASE_URL", "INSTANCE_DIR", "SECRET_KEY", "LINK_KEY"} <= named
    assert {"BASE_URL", "MAIL_URL", "LIMITER_URL", "WEB_WORKERS"} <= named
