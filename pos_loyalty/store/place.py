"""Where a till's folder may be: on a disk of this computer that nobody synchronises."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from pos_loyalty.store.faults import StoreFault

MOUNTS_LINUX = Path("/proc/self/mountinfo")
MOUNT_MACOS = "/sbin/mount"
DRIVE_REMOTE = 4  # Source: GetDriveTypeW, learn.microsoft.com
NETWORK_TYPES = frozenset({
    "9p", "afpfs", "afs", "ceph", "cifs", "coda", "davfs", "fuse", "gfs2", "glusterfs", "lustre",
    "ncpfs", "nfs", "nfs4", "ocfs2", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs",
    "webdav",
})  # fmt: skip
CLOUD_FOLDERS = {
    "cloudstorage": "a cloud drive",
    "com~apple~clouddocs": "iCloud Drive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "onedrive": "OneDrive",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "pclouddrive": "pCloud",
    "yandex.disk": "Yandex.Disk",
    "yandexdisk": "Yandex.Disk",
}
CLOUD_MARKERS = {  # Patterns of what such programs keep at the root of what they copy.
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
    "._sync_*.db": "Nextcloud or ownCloud",
    ".sync_*.db": "Nextcloud or ownCloud",
    ".sync": "a synchronising program",
}
ESCAPED = re.compile(r"\\([0-7]{3})")  # In mountinfo. Source: proc_pid_mountinfo(5)


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system in the tree of folders."""

    point: PurePath
    kind: str


def check_place(folder: Path) -> None:
    """Refuse a folder where a database would be damaged sooner or later.

    On a network another computer decides what a lock and a sync are; a synchronising program copies
    half of a commit and puts older files back. Raises StoreFault with the reason.
    """
    place = folder.resolve()
    network = network_of(place)
    if network:
        raise StoreFault(
            "place",
            f"{folder} is on a network or shared drive ({network}), where a power cut or a second "
            "computer would damage the journal: choose a folder on a disk of this computer.",
        )
    cloud = cloud_of(place)
    if cloud:
        raise StoreFault(
            "place",
            f"{folder} is synchronised by {cloud}, which would put older files back over the "
            "journal: choose a folder that is not synchronised.",
        )


def network_of(place: Path) -> str:
    """Tell which network file system `place` is on; empty: it is on a disk of this computer."""
    if sys.platform == "win32":
        return _network_windows(place)
    mount = mount_of(place, _mounts())
    if mount is None:
        return ""
    return mount.kind if mount.kind in NETWORK_TYPES or mount.kind.startswith("fuse.") else ""


def cloud_of(place: Path) -> str:
    """Tell which program synchronises `place`, by names and marks of its parents; empty: none."""
    for part in place.parts:
        name = re.split(r" [-(]", part.casefold())[0]  # "OneDrive - Bottega", "Dropbox (Private)"
        if name in CLOUD_FOLDERS:
            return CLOUD_FOLDERS[name]
    for parent in (place, *place.parents):
        for marker, program in CLOUD_MARKERS.items():
            if any(parent.glob(marker)):
                return program
    return ""


def mount_of(place: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """Choose the mount that `place` is on: the deepest, of those the one mounted last."""
    found: Mount | None = None
    for mount in mounts:
        holds = place == mount.point or mount.point in place.parents
        if holds and (found is None or len(mount.point.parts) >= len(found.point.parts)):
            found = mount
    return found


def read_mountinfo(text: str) -> tuple[Mount, ...]:
    """Read Linux's list of mounts: the fifth field is where, the first behind " - " is what."""
    mounts = []
    for line in text.splitlines():
        before, _, behind = line.partition(" - ")
        if behind:
            point = ESCAPED.sub(lambda code: chr(int(code[1], 8)), before.split()[4])
            mounts.append(Mount(PurePath(point), behind.split()[0]))
    return tuple(mounts)


def read_mount_list(text: str) -> tuple[Mount, ...]:
    """Read what macOS's mount prints, as in "//me@nas/shop on /Volumes/shop (smbfs, nodev)"."""
    lines = (re.fullmatch(r".+? on (/.*) \((\w+)[,)].*", line) for line in text.splitlines())
    return tuple(Mount(PurePath(found[1]), found[2]) for found in lines if found is not None)


def _mounts() -> tuple[Mount, ...]:
    if sys.platform == "darwin":
        printed = subprocess.run(  # noqa: S603 - a fixed command of the system
            [MOUNT_MACOS], capture_output=True, check=True, timeout=5, encoding="utf-8"
        )
        return read_mount_list(printed.stdout)
    return read_mountinfo(MOUNTS_LINUX.read_text(encoding="utf-8", errors="replace"))


def _network_windows(place: Path) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes

    kind = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)
    return "a network drive" if kind == DRIVE_REMOTE or place.anchor.startswith("\\\\") else ""
