"""Looking into a database that was just started, and making sure that none is left over."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from pos_loyalty.server.cluster_process import running_pid
from pos_loyalty.server.embedded import EmbeddedPostgres


@pytest.fixture
def shop_dir() -> Iterator[Path]:
    """A place for a new database, with a space in its name, that every account can reach."""
    top = Path(tempfile.mkdtemp(prefix="shop-"))
    top.chmod(0o711)
    folder = top / "my shop"
    yield folder
    kill_left_over(folder / "cluster")
    shutil.rmtree(top)


@pytest.fixture(scope="session")
def made_once() -> Iterator[Path]:
    top = Path(tempfile.mkdtemp(prefix="shop-"))
    top.chmod(0o711)
    with EmbeddedPostgres(top / "made", durable=False):
        pass
    yield top / "made"
    shutil.rmtree(top)


@pytest.fixture
def made_dir(made_once: Path, shop_dir: Path) -> Path:
    """A database that was stopped cleanly; copied, because making one takes a second."""
    subprocess.run(["/bin/cp", "-a", made_once, shop_dir], check=True)
    return shop_dir


def kill_left_over(cluster: Path) -> None:
    pid = running_pid(cluster) if cluster.exists() else None
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
        wait_until_gone(cluster)


def wait_until_gone(cluster: Path, within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while running_pid(cluster) is not None:
        assert time.monotonic() < deadline, "PostgreSQL is still there"
        time.sleep(0.02)


def write_sale(url: str, points: int) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE sale (points int)"))
        connection.execute(text("INSERT INTO sale VALUES (:points)"), {"points": points})
    engine.dispose()


def points(url: str) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT sum(points) FROM sale")).scalar_one())
    finally:
        engine.dispose()


def setting(url: str, name: str) -> str:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return str(connection.execute(text(f"SHOW {name}")).scalar_one())
    finally:
        engine.dispose()


def socket_dir(cluster: EmbeddedPostgres) -> Path:
    return Path(str(make_url(cluster.url).query["host"]))
