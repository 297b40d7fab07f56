"""The team set-up: docker-compose.yml and what it refers to."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docker-compose.yml"
SECRETS = ("PGPASSWORD", "AIRFLOW_FERNET_KEY", "AIRFLOW_JWT_SECRET", "AIRFLOW_ADMIN_PASSWORD")
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "triggerer"}


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load(FILE.read_text())["services"]


def test_it_brings_postgres_airflow_and_the_sandbox_as_a_profile(services):
    assert set(services) == {"postgres", "sandbox", *AIRFLOW}
    assert [name for name, service in services.items() if "profiles" in service] == ["sandbox"]


def test_every_airflow_process_sees_the_same_settings(services):
    own = {"AIRFLOW_ADMIN_PASSWORD"}
    seen = [
        {key: value for key, value in services[name]["environment"].items() if key not in own}
        for name in AIRFLOW
    ]
    assert all(environment == seen[0] for environment in seen)


def test_every_variable_stands_in_the_example_of_env():
    used = set(re.findall(r"\$\{(\w+)", FILE.read_text()))
    assert used <= set(dotenv_values(ROOT / ".env.example"))


def test_no_secret_has_a_value_of_its_own():
    for name in (
        "PGPASSWORD",
        "AIRFLOW_FERNET_KEY",
        "AIRFLOW_JWT_SECRET",
        "AIRFLOW_ADMIN_PASSWORD",
    ):
        assert f"${{{name}:?" in FILE.read_text()
        assert not dotenv_values(ROOT / ".env.example")[name]


def test_ports_are_open_on_this_machine_only(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_files_it_mounts_and_builds_from_exist(services):
    assert (ROOT / services["scheduler"]["build"]["dockerfile"]).is_file()
    mounted = [volume.split(":")[0] for volume in services["postgres"]["volumes"]]
    assert all((ROOT / path).is_file() for path in mounted if path.startswith("./"))


def test_every_named_volume_is_declared(services):
    declared = set(yaml.safe_load(FILE.read_text())["volumes"])
    volumes = [volume for service in services.values() for volume in service.get("volumes", [])]
    named = {volume.split(":")[0] for volume in volumes if re.match(r"^\w", volume)}
    assert named == declared


@pytest.mark.skipif(shutil.which("docker") is None, reason="docker is not installed")
def test_docker_compose_finds_no_fault(monkeypatch):
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode:
        pytest.skip("docker has no compose here")
    for name in dotenv_values(ROOT / ".env.example"):
        monkeypatch.setenv(name, "secret" if name in SECRETS else "")
    command = [
        "docker",
        "compose",
        "--profile",
        "sandbox",
        "--file",
        str(FILE),
        "config",
        "--quiet",
    ]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (told.returncode, told.stderr) == (0, "")
