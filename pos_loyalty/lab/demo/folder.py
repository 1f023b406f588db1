"""Where the demo keeps its shop, and that nothing else is ever deleted."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pos_loyalty.server.cluster_home import find_home
from pos_loyalty.store.lock import TillLock

MARK = "this-is-the-demo-shop"
LOCK = "till.lock"
FACTS = "demo.json"
MAY_WALK = 0o711  # Started by root, PostgreSQL runs as somebody else, who must reach her files.


class NotOurs(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """The folder holds something that the demo did not put there; it is left alone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the next start must know; kept when the shop is set up to its end."""

    port: int  # Where its till looks for its server.


@dataclass(frozen=True, slots=True)
class DemoFolder:
    """A folder of the demo's own: server, till and what stands for the till's devices."""

    place: Path

    @property
    def server(self) -> Path:
        """The embedded server's folder."""
        return self.place / "server"

    @property
    def till(self) -> Path:
        """The till's folder."""
        return self.place / "till"

    def device(self, kind: str) -> Path:
        """Name the one that stands for the scanner, the camera or the printer."""
        return self.place / kind

    def facts(self) -> Facts | None:
        """Read what was kept. None: the shop was never set up to its end."""
        try:
            told = json.loads((self.place / FACTS).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return Facts(port=int(told["port"]))

    def keep_facts(self, facts: Facts) -> None:
        """Say that the shop is set up."""
        draft = self.place / (FACTS + ".draft")
        draft.write_text(json.dumps(asdict(facts)), encoding="utf-8")
        draft.replace(self.place / FACTS)


@contextmanager
def held(place: Path, *, fresh: bool) -> Iterator[DemoFolder]:
    """Have the demo's folder for this process alone; empty when `fresh` or half set up.

    Raises NotOurs, StoreFault when another demo runs in it, or OSError.
    """
    place = place.absolute()
    if place.exists() and not (place / MARK).exists() and any(place.iterdir()):
        raise NotOurs(str(place))
    place.mkdir(parents=True, exist_ok=True)
    (place / MARK).touch()
    lock = TillLock(place)
    try:
        folder = DemoFolder(place)
        if fresh or folder.facts() is None:
            empty(place)
        yield folder
    finally:
        lock.release()


@contextmanager
def passing_place() -> Iterator[Path]:
    """Have an empty folder that is gone afterwards."""
    place = Path(tempfile.mkdtemp(prefix="pos-loyalty-demo-"))
    place.chmod(MAY_WALK)
    try:
        yield place
    finally:
        empty(place)
        place.rmdir()


def empty(place: Path) -> None:
    """Remove what is in a folder of ours, its facts first, and a database put elsewhere, too."""
    (place / FACTS).unlink(missing_ok=True)
    server = DemoFolder(place).server
    if server.exists():
        shutil.rmtree(find_home(server).cluster, ignore_errors=True)
    for part in place.iterdir():
        if part.is_dir():
            shutil.rmtree(part)
        elif part.name not in (MARK, LOCK):
            part.unlink()
