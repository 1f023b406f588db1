"""The server as a process: where it listens, how it stops, and what a kill cannot take."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine, text

from pos_loyalty.server.admin import list_stores, put_store
from pos_loyalty.server.api.app import create_app
from pos_loyalty.server.cluster_process import running_pid
from pos_loyalty.server.database import open_engine, opened
from pos_loyalty.server.embedded import borrowed_cluster
from pos_loyalty.server.schema import expected_version, migrate, prepare
from pos_loyalty.server.serve import Address, CannotServe, check_address, served
from pos_loyalty.wire.changes import (
    StoreChanged,
)
from tests.fakes.postgres import Databases

COMMAND = (sys.executable, "-c", "from pos_loyalty.cli.server import app; app()")
BOLOGNA = StoreChanged(
    store="bologna",
    name="Bologna",
    zone="Europe/Rome",
    currency="EUR",
    language="it",
    region="IT",
)


@pytest.fixture
def folder() -> Iterator[Path]:
    top = Path(tempfile.mkdtemp(prefix="shop-"))
    top.chmod(0o711)
    yield top / "the server"
    cluster = top / "the server" / "cluster"
    pid = running_pid(cluster) if cluster.exists() else None
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(top)


class Server:
    """A server process of its own, with an embedded database."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "run", "--embedded", str(folder), "--port", "0", "--json"],
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        assert told["pid"] == self.process.pid
        self.url = str(told["url"])

    def stop(self, how: int) -> int:
        self.process.send_signal(how)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def health(url: str, verify: Path | None = None) -> int:
    with requests.Session() as session:
        session.trust_env = False
        checked = True if verify is None else str(verify)
        return session.get(f"{url}/v1/health", timeout=10, verify=checked).status_code


def test_after_a_kill_the_next_start_has_everything(folder: Path) -> None:
    first = Server(folder)
    with borrowed_cluster(folder) as url, opened(url) as engine, engine.begin() as connection:
        put_store(connection, BOLOGNA)
    first.stop(signal.SIGKILL)

    began = time.monotonic()
    second = Server(folder)
    took_s = time.monotonic() - began
    with borrowed_cluster(folder) as url, opened(url) as engine, engine.begin() as connection:
        stores = list_stores(connection)

    assert stores == (BOLOGNA,)
    assert took_s < 15
    assert second.stop(signal.SIGINT) in (0, 130)
    assert running_pid(folder / "cluster") is None


def test_a_second_server_on_one_database_is_refused_and_the_first_goes_on(folder: Path) -> None:
    first = Server(folder)

    words = [*COMMAND, "run", "--embedded", str(folder), "--port", "0", "--json"]
    second = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)

    assert (second.returncode, json.loads(second.stdout)["error"]) == (1, "cannot_start")
    assert health(first.url) == 200
    assert first.stop(signal.SIGTERM) == 0
    assert running_pid(folder / "cluster") is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "shop.example"])  # noqa: S104 - it is refused
def test_plain_http_is_refused_off_this_machine(host: str) -> None:
    with pytest.raises(CannotServe, match="Plain HTTP is not served"):
        check_address(Address(host))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_plain_http_is_served_to_this_machine(host: str) -> None:
    check_address(Address(host))


def test_half_a_certificate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotServe, match="both"):
        check_address(Address(tls_cert=tmp_path / "cert.pem"))
    with pytest.raises(CannotServe, match="There is no file"):
        check_address(Address(tls_cert=tmp_path / "cert.pem", tls_key=tmp_path / "key.pem"))


def test_with_a_certificate_it_speaks_tls(engine: Engine, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)

    with served(create_app(engine), Address(port=0, tls_cert=cert, tls_key=key)) as url:
        assert url.startswith("https://")
        assert health(url, verify=cert) == 200


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop")])
    now = datetime.now(UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    files[1].write_bytes(secret)
    return files


def test_a_port_in_use_is_said_in_a_sentence(engine: Engine) -> None:
    with served(create_app(engine), Address(port=0)) as url:
        port = int(url.rsplit(":", 1)[1])

        with (
            pytest.raises(CannotServe, match=f"port {port} cannot be listened on"),
            served(create_app(engine), Address(port=port)),
        ):
            raise AssertionError("it was served twice")


def test_a_database_that_goes_away_is_answered_with_patience(databases: Databases) -> None:
    database = databases.make()
    engine = open_engine(database)
    with served(create_app(engine), Address(port=0)) as url, requests.Session() as session:
        session.trust_env = False
        where = f"{url}/v1/members/019cad8f-ac00-74ea-bc4c-563d8ff258a9/standing"
        assert session.get(where, timeout=10).status_code == 401
        databases.drop(database)

        response = session.get(where, timeout=20)

    assert (response.status_code, response.json()["error"]) == (503, "no_database")
    assert response.headers["Retry-After"] == "5"
    engine.dispose()


def test_two_servers_that_migrate_at_once_make_one_schema(databases: Databases) -> None:
    url = databases.make_empty()
    engines = [open_engine(url) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        versions = list(pool.map(migrate, engines))
    prepare(engines[0])

    with engines[0].connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM identity")).scalar_one() == 1
    assert versions == [expected_version()] * 4
    for engine in engines:
        engine.dispose()
    databases.drop(url)
