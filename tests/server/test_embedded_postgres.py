"""The embedded PostgreSQL, with real processes that are really killed."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from pos_loyalty.server.cluster_home import ClusterError
from pos_loyalty.server.cluster_locks import ClusterInUseError
from pos_loyalty.server.cluster_process import running_pid
from pos_loyalty.server.embedded import EmbeddedPostgres, borrowed_cluster
from tests.server.clusters import points, setting, socket_dir, write_sale

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


def start_and_kill_server(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"committed\n"
        server.kill()


def test_a_new_folder_with_a_space_becomes_a_database_that_flushes_every_commit(
    shop_dir: Path,
) -> None:
    with EmbeddedPostgres(shop_dir) as cluster:
        settings = {
            name: setting(cluster.url, name)
            for name in ("fsync", "synchronous_commit", "listen_addresses", "server_encoding")
        }

    assert settings == {
        "fsync": "on",
        "synchronous_commit": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
    }


def test_the_server_is_no_superuser_of_its_database(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        assert setting(cluster.url, "is_superuser") == "off"


def test_a_wrong_password_does_not_open_the_database(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        password = (made_dir / "password").read_text()
        wrong = cluster.url.replace(password, "guessed")
        engine = create_engine(wrong)

        with pytest.raises(Exception, match="password authentication failed"):
            engine.connect()
        engine.dispose()

    assert stat.S_IMODE((made_dir / "password").stat().st_mode) == 0o600


def test_after_a_stop_nothing_runs_and_no_socket_is_left(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        folder = socket_dir(cluster)

    assert running_pid(made_dir / "cluster") is None
    assert not folder.exists()


def test_a_stopped_database_starts_again_with_what_was_committed(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        write_sale(cluster.url, 7)

    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        assert points(cluster.url) == 7


def test_a_killed_servers_database_is_adopted_within_seconds(made_dir: Path) -> None:
    start_and_kill_server(made_dir)
    left_running = running_pid(made_dir / "cluster")

    began = time.monotonic()
    with EmbeddedPostgres(made_dir) as cluster:
        assert time.monotonic() - began < 5
        assert running_pid(made_dir / "cluster") == left_running is not None
        assert points(cluster.url) == 42


def test_a_server_and_a_database_killed_together_lose_nothing_committed(made_dir: Path) -> None:
    start_and_kill_server(made_dir)
    pid = running_pid(made_dir / "cluster")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    with EmbeddedPostgres(made_dir) as cluster:
        assert points(cluster.url) == 42


def test_a_database_whose_socket_folder_was_cleaned_away_is_restarted(made_dir: Path) -> None:
    start_and_kill_server(made_dir)
    left_running = running_pid(made_dir / "cluster")
    for folder in Path(tempfile.gettempdir()).glob("pos-loyalty-*"):
        if str(folder) in (made_dir / "running.json").read_text():
            shutil.rmtree(folder)

    with EmbeddedPostgres(made_dir) as cluster:
        assert running_pid(made_dir / "cluster") != left_running
        assert points(cluster.url) == 42


def test_a_process_id_given_to_another_program_does_not_keep_the_database_down(
    made_dir: Path,
) -> None:
    with EmbeddedPostgres(made_dir, durable=False):
        pass
    owner = (made_dir / "cluster").stat().st_uid if os.geteuid() == 0 else None
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, user=owner) as other:
        stale = (
            f"{other.pid}\n{made_dir / 'cluster'}\n1700000000\n5432\n/nowhere\n\n  1  2\nready\n"
        )
        (made_dir / "cluster" / "postmaster.pid").write_text(stale)

        with EmbeddedPostgres(made_dir, durable=False) as cluster:
            assert setting(cluster.url, "fsync") == "off"
        assert other.poll() is None


def test_a_second_server_is_refused_with_a_sentence_and_the_first_goes_on(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        write_sale(cluster.url, 7)

        with pytest.raises(ClusterInUseError, match=r"Another server .* Stop it first"):
            EmbeddedPostgres(made_dir, durable=False).start()

        assert points(cluster.url) == 7


def test_administration_borrows_the_database_of_a_running_server(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir) as cluster:
        write_sale(cluster.url, 7)

        with borrowed_cluster(made_dir) as url:
            assert points(url) == 7

        assert points(cluster.url) == 7, "the borrower must not stop it"


def test_administration_starts_and_stops_a_database_that_nobody_runs(shop_dir: Path) -> None:
    with borrowed_cluster(shop_dir) as url:
        write_sale(url, 7)
        assert points(url) == 7

    assert running_pid(shop_dir / "cluster") is None


def test_a_server_that_starts_while_a_command_runs_shares_the_database(made_dir: Path) -> None:
    with borrowed_cluster(made_dir) as url:
        write_sale(url, 7)

        with EmbeddedPostgres(made_dir) as cluster:
            assert points(cluster.url) == 7

        assert points(url) == 7, "a server that stops leaves it to the command"

    assert running_pid(made_dir / "cluster") is None


def test_commands_at_once_never_stop_the_database_under_each_other(made_dir: Path) -> None:
    def command(_: int) -> int:
        with borrowed_cluster(made_dir) as url:
            return points(url)

    with borrowed_cluster(made_dir) as url:
        write_sale(url, 7)

    with ThreadPoolExecutor(6) as at_once:
        assert list(at_once.map(command, range(12))) == [7] * 12
    assert running_pid(made_dir / "cluster") is None


def test_an_interrupted_first_start_is_begun_again(shop_dir: Path) -> None:
    (shop_dir / "cluster.unfinished" / "base").mkdir(parents=True)
    (shop_dir / "cluster.unfinished" / "PG_VERSION").write_text("18\n")
    shop_dir.chmod(0o711)

    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert setting(cluster.url, "fsync") == "off"


def test_a_database_that_does_not_start_says_why(made_dir: Path) -> None:
    with EmbeddedPostgres(made_dir, durable=False):
        pass
    (made_dir / "cluster" / "postgresql.conf").write_text("shared_buffers = lots\n")

    with pytest.raises(ClusterError, match=r"does not start: .*shared_buffers"):
        EmbeddedPostgres(made_dir, durable=False).start()

    (made_dir / "cluster" / "postgresql.conf").write_text("")
    with EmbeddedPostgres(made_dir, durable=False) as cluster:
        assert setting(cluster.url, "fsync") == "off"
