"""The compose file holds in a bare clone with an empty .env, and no service has more rights than it needs."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


@pytest.mark.skipif(shutil.which("docker-compose") is None, reason="no docker-compose here")
@pytest.mark.parametrize("profile", [(), ("--profile", "embedded")])
def test_compose_takes_it(tmp_path: Path, profile: tuple[str, ...]) -> None:
    for name in ("docker-compose.yml", "Caddyfile", "Dockerfile"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / ".env").touch()
    done = subprocess.run(
        ["docker-compose", *profile, "config", "-q"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["stop_grace_period"] == "30s"
    assert service["mem_limit"]
    for key, value in environment(name):
        if any(word in key for word in ("SECRET", "TOKEN", "PASSWORD", "DATABASE_URL")):
            assert not value or value.startswith("/run/secrets/"), "secrets are files"


@pytest.mark.parametrize(("age", "healthy"), [(1, True), (60, False), (None, False)])
def test_the_workers_health_check_asks_how_old_its_sign_of_life_is(
    tmp_path: Path, age: float | None, healthy: bool
) -> None:
    alive = tmp_path / "alive"
    if age is not None:
        alive.touch()
        os.utime(alive, (time.time() - age,) * 2)
    (kind, check), command = SERVICES["worker"]["healthcheck"]["test"], SERVICES["worker"]["command"]
    assert kind == "CMD-SHELL"
    check = check.replace("$$", "$").replace(command[command.index("--alive") + 1], str(alive))
    assert (subprocess.run(["sh", "-c", check], check=False, stderr=subprocess.DEVNULL).returncode == 0) is healthy


def environment(name: str) -> list[tuple[str, str]]:
    return list(SERVICES[name].get("environment", {}).items())


def test_every_setting_that_it_names_is_one() -> None:
    known = {f"VENTANILLA_{name.upper()}" for name in Settings.model_fields}
    for name in SERVICES:
        for key, _ in environment(name):
            assert not key.startswith("VENTANILLA_") or key.removesuffix("_FILE") in known, key


def test_secrets_are_kept_out_of_clone_and_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        assert "secrets" in (ROOT / name).read_text(encoding="utf-8")


def test_the_image_trains_in_a_stage_of_its_own_and_runs_as_nobody_special() -> None:
    stages = (ROOT / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[1:]
    assert len(stages) == 2
    build, final = stages
    assert "kb build" in build
    assert "kb build" not in final
    assert "requirements-dev" not in build + final
    assert "\nUSER ventanilla" in final
    assert "\nHEALTHCHECK" in final
