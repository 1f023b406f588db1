from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from pos_loyalty.store.faults import StoreFault
from pos_loyalty.store.place import (
    Mount,
    check_place,
    cloud_of,
    mount_of,
    network_of,
    read_mount_list,
    read_mountinfo,
)

# As Linux prints it; the space in a name is \040.
MOUNTINFO = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /run/user/1000/gvfs rw,nosuid - fuse.gvfsd-fuse gvfsd-fuse rw
31 22 0:26 / /mnt/shop\040share rw shared:2 - cifs //nas/shop rw,vers=3.1.1
32 22 8:1 / /mnt/stick rw - fuseblk /dev/sdb1 rw
33 22 0:40 / /mnt/c rw - 9p C:\134 rw
"""
# As macOS prints it.
MOUNT_LIST = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//rosa@nas/shop on /Volumes/shop (1) (smbfs, nodev, nosuid, mounted by rosa)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/rosa/till", "ext4"),
        ("/mnt/shop share/till", "cifs"),
        ("/mnt/shop shares", "ext4"),
        ("/mnt/stick", "fuseblk"),
        ("/mnt/c/till", "9p"),
        ("/run/user/1000/gvfs/smb", "fuse.gvfsd-fuse"),
    ],
)
def test_the_deepest_mount_tells_what_a_folder_is_on(folder: str, kind: str) -> None:
    mount = mount_of(PurePath(folder), read_mountinfo(MOUNTINFO))

    assert mount is not None
    assert mount.kind == kind


def test_what_was_mounted_over_another_hides_it() -> None:
    mounts = (Mount(PurePath("/till"), "ext4"), Mount(PurePath("/till"), "nfs4"))

    assert mount_of(PurePath("/till/x"), mounts) == mounts[1]


def test_a_share_of_a_mac_is_told_by_its_mount_list() -> None:
    mounts = read_mount_list(MOUNT_LIST)

    assert [mount.kind for mount in mounts] == ["apfs", "smbfs"]
    assert mount_of(PurePath("/Volumes/shop (1)/till"), mounts) == mounts[1]


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Private)", "Dropbox"),
        ("OneDrive - Bottega", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Mobile Documents", "iCloud Drive"),
        ("Nextcloud", "Nextcloud"),
        ("Yandex.Disk", "Yandex.Disk"),
    ],
)
def test_a_synchronised_folder_is_refused_by_its_name(
    tmp_path: Path, folder: str, program: str
) -> None:
    with pytest.raises(StoreFault, match=program) as refused:
        check_place(tmp_path / folder / "till")

    assert refused.value.reason == "place"


@pytest.mark.parametrize("mark", [".dropbox.cache", ".stfolder", ".sync_f3a9.db"])
def test_a_renamed_synchronised_folder_is_told_by_what_its_program_left(
    tmp_path: Path, mark: str
) -> None:
    (tmp_path / mark).mkdir()

    assert cloud_of(tmp_path / "till" / "deeper")


def test_a_folder_that_only_sounds_like_one_is_accepted(tmp_path: Path) -> None:
    assert cloud_of(tmp_path / "Dropboxes" / "till") == ""


def test_a_disk_of_this_computer_is_accepted(tmp_path: Path) -> None:
    assert network_of(tmp_path) == ""

    check_place(tmp_path)
