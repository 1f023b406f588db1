"""The running PostgreSQL of one cluster: started, adopted, awaited, stopped."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypedDict

from pos_loyalty.server.cluster_home import Account, ClusterError, ClusterHome, reachable

PORT: Final = 5432  # Only names the socket file; nothing listens on a network.
START_S: Final = 60.0  # Recovery of a cluster that died under load is part of a start.
STOP_S: Final = 60
RUN_S: Final = 120.0
POLL_S: Final = 0.05
SOCKET: Final = f".s.PGSQL.{PORT}"
SOCKET_PARENT_MAX: Final = 60  # macOS allows 104 bytes for the whole address of a socket.
PLAIN_PATH: Final = re.compile(r"[\w/.-]+")  # PostgreSQL takes a list here: no commas, no quotes.
WORDS_MAX: Final = 600
# The backends of a killed PostgreSQL may take a moment to notice and leave.
STILL_LEAVING: Final = "pre-existing shared memory block"
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
SETTINGS: Final = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "synchronous_commit": "on",  # I6: an acknowledgement follows the flushed commit.
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "logging_collector": "on",  # One file per weekday, overwritten a week later.
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_error_verbosity": "terse",  # Neither values nor statements: they name members.
    "log_min_error_statement": "panic",
}
NOT_DURABLE: Final = {"fsync": "off", "full_page_writes": "off"}


class ClusterProcess:
    """PostgreSQL serving one cluster, whoever has started it."""

    def __init__(self, home: ClusterHome, *, durable: bool) -> None:
        self._home = home
        self._durable = durable
        self._note = home.data_dir / "running.json"
        self._start_log = home.data_dir / "start.log"
        self._child: subprocess.Popen[bytes] | None = None
        self._spawned_at_s = 0.0

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket, as noted by the server that started PostgreSQL."""
        return Path(json.loads(self._note.read_text(encoding="utf-8"))["socket_dir"])

    def start_or_adopt(self) -> None:
        """Serve the cluster: with the process that already does, or with a new one."""
        if not self._can_adopt():
            self.stop()
            self._start()
        self._wait(self._revive)

    def wait_until_ready(self) -> None:
        """Wait until PostgreSQL, started by another server, answers. Raises ClusterError."""
        self._wait(lambda: None)

    def stop(self) -> None:
        """Stop fast, wait for the end and tidy up. Raises ClusterError when it does not end."""
        cluster = self._home.cluster
        if running_pid(cluster) is not None:
            how = ("--mode=fast", "--wait", f"--timeout={STOP_S}", f"--pgdata={cluster}")
            run_binary(self._home, "pg_ctl", "stop", *how)
            if running_pid(cluster) is not None:
                raise self._fault("does not stop")
        if self._child is not None:
            self._child.wait(STOP_S)
            self._child = None
        if self._note.is_file():
            _remove_socket_dir(self.socket_dir)
            self._note.unlink()

    def leave(self) -> None:
        """Let it go on without us; whoever uses it last stops it."""
        if self._child is not None:
            self._child.returncode = 0  # Nobody is to wait for it here; it ends after us.
            self._child = None

    def _wait(self, meanwhile: Callable[[], None]) -> None:
        deadline = time.monotonic() + START_S
        while not self._is_ready():
            if time.monotonic() > deadline:
                raise self._fault("does not answer")
            meanwhile()
            time.sleep(POLL_S)

    def _revive(self) -> None:
        if self._child is None:
            if running_pid(self._home.cluster) is None:  # It died while we adopted it.
                self.stop()
                self._start()
        elif self._child.poll() is not None:
            if STILL_LEAVING not in self._last_words():
                raise self._fault("does not start")
            self._spawn()

    def _can_adopt(self) -> bool:
        if running_pid(self._home.cluster) is None or not self._note.is_file():
            return False
        note = json.loads(self._note.read_text(encoding="utf-8"))
        return (
            note["durable"] is self._durable
            and (Path(note["socket_dir"]) / SOCKET).exists()  # Somebody may have emptied /tmp.
            and "stopping" not in _pid_file(self._home.cluster)
        )

    def _start(self) -> None:
        socket_dir = make_private_dir(self._home.account)
        note = json.dumps({"socket_dir": str(socket_dir), "durable": self._durable})
        self._note.write_text(note, encoding="utf-8")
        _forget_recycled_pid(self._home.cluster)
        self._spawn()

    def _spawn(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": str(self.socket_dir)}
        if not self._durable:
            settings |= NOT_DURABLE
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self._spawned_at_s = time.time()
        with self._start_log.open("wb") as log:
            self._child = subprocess.Popen(  # noqa: S603 - our own binary, no shell
                [self._home.binaries / "postgres", "-D", self._home.cluster, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the server, which stops PostgreSQL.
                **_run_as(self._home.account),
            )

    def _is_ready(self) -> bool:
        if not self._note.is_file():
            return False
        where = (f"--host={self.socket_dir}", f"--port={PORT}", "--timeout=1", "--quiet")
        return run_binary(self._home, "pg_isready", *where).returncode == 0

    def _last_words(self) -> str:
        logs = [self._start_log, *(self._home.cluster / "log").glob("*.log")]
        fresh = [log for log in logs if log.is_file() and log.stat().st_mtime >= self._spawned_at_s]
        fresh.sort(key=lambda log: log.stat().st_mtime)
        return " ".join(log.read_text(errors="replace")[-WORDS_MAX:].strip() for log in fresh[-2:])

    def _fault(self, what: str) -> ClusterError:
        return ClusterError(f"The PostgreSQL of {self._home.data_dir} {what}: {self._last_words()}")


def run_binary(home: ClusterHome, name: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end, as the cluster's account."""
    return subprocess.run(  # noqa: S603 - our own binary, no shell
        [home.binaries / name, *options],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=RUN_S,
        **_run_as(home.account),
    )


def running_pid(cluster: Path) -> int | None:
    """Process id of the PostgreSQL that serves `cluster`; None when none does."""
    lines = _pid_file(cluster)
    if not lines or not lines[0].isdigit():
        return None
    pid = int(lines[0])
    if not _is_alive(pid):
        return None
    if Path("/proc/self").exists():  # Linux can tell whether the number has been given away since.
        try:
            return pid if Path(f"/proc/{pid}/cwd").readlink() == cluster.resolve() else None
        except OSError:
            return None
    return pid


def _forget_recycled_pid(cluster: Path) -> None:
    """Remove a process id that another program has been given since: PostgreSQL would refuse.

    While the number is free the file stays: PostgreSQL finds backends that outlived it by it.
    """
    lines = _pid_file(cluster)
    if lines and lines[0].isdigit() and _is_alive(int(lines[0])):
        (cluster / "postmaster.pid").unlink()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


class _RunAs(TypedDict):
    """How to start a program as the cluster's account."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None
    env: dict[str, str]
    cwd: str


def _run_as(account: Account) -> _RunAs:
    ours = account.is_ours
    return _RunAs(
        user=None if ours else account.uid,
        group=None if ours else account.gid,
        extra_groups=None if ours else [],
        env=dict(ENVIRONMENT),
        cwd="/",  # Ours may be one that the account cannot enter.
    )


def _pid_file(cluster: Path) -> list[str]:
    try:
        text = (cluster / "postmaster.pid").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines()]


def make_private_dir(account: Account) -> Path:
    """Make a temporary folder of `account` with a path short enough for a socket."""
    chosen = tempfile.gettempdir()
    fits = len(os.fsencode(chosen)) <= SOCKET_PARENT_MAX and PLAIN_PATH.fullmatch(chosen)
    if not fits or not reachable(Path(chosen) / SOCKET, account):
        chosen = "/tmp"  # noqa: S108 - mkdtemp makes a private folder in it
    made = Path(tempfile.mkdtemp(prefix="pos-loyalty-", dir=chosen))
    os.chown(made, account.uid, account.gid)
    return made


def _remove_socket_dir(socket_dir: Path) -> None:
    if socket_dir.is_dir():
        for name in (SOCKET, f"{SOCKET}.lock"):
            (socket_dir / name).unlink(missing_ok=True)
        socket_dir.rmdir()
