"""The key of the till's files: in the system's key store, else in a file only its owner reads."""

from __future__ import annotations

import os
import secrets
import stat
from logging import getLogger
from pathlib import Path

from pos_loyalty.store.engine import KEY_BYTES, sync_folder
from pos_loyalty.store.faults import StoreFault
from pos_loyalty.store.folder import JOURNAL

log = getLogger(__name__)

SERVICE = "POS Loyalty"  # Under which the system's key store shows it.
KEY_FILE = "till.key"
NAME_FILE = "key.name"  # Holds the name of the key in the system's key store.
TEXT_BYTES_MAX = 200


def open_key(folder: Path) -> bytes:
    """Tell the key of the files in `folder`; a new folder gets a new one.

    A journal whose key is gone is never begun anew. Raises StoreFault when the key cannot be had.
    """
    key_file, name_file = folder / KEY_FILE, folder / NAME_FILE
    if key_file.exists():
        return _from_file(key_file)
    if name_file.exists():
        return _from_key_store(_read(name_file))
    if (folder / JOURNAL).exists():
        raise StoreFault(
            "no-key",
            f"the key of {folder / JOURNAL} is gone: neither {KEY_FILE} nor {NAME_FILE} is beside "
            "it. Put it back from where it was kept; without it nobody can read the journal.",
        )
    key = secrets.token_bytes(KEY_BYTES)
    name = secrets.token_hex(8)
    if _put_into_key_store(name, key):
        _write(name_file, name)
    else:
        _write(key_file, key.hex())
        log.warning("no key store here: the database key is in a file, readable by its owner")
    return key


def key_is_in_a_file(folder: Path) -> bool:
    """Whether the key of this folder is only as safe as the folder."""
    return (folder / KEY_FILE).exists()


def _from_file(path: Path) -> bytes:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)
        log.warning("%s could be read by others; only its owner can now", path.name)
    return _key(_read(path), f"{path.name} does not hold a key")


def _from_key_store(name: str) -> bytes:
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(SERVICE, name)
    except (KeyringError, OSError) as error:
        raise StoreFault(
            "no-key",
            f"the system's key store does not answer ({error}): unlock it, then try again.",
        ) from error
    return _key(text or "", f"the system's key store has no key “{name}” of “{SERVICE}”")


def _put_into_key_store(name: str, key: bytes) -> bool:
    """Try the system's key store, and whether it gives back what it took."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, key.hex())
        return keyring.get_password(SERVICE, name) == key.hex()
    except (KeyringError, OSError) as error:
        log.info("the system's key store cannot be used: %s", type(error).__name__)
        return False


def _key(text: str, wrong: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreFault("no-key", f"{wrong}: without it nobody can read the journal.")
    return key


def _read(path: Path) -> str:
    return path.read_bytes()[:TEXT_BYTES_MAX].decode("ascii", "replace").strip()


def _write(path: Path, text: str) -> None:
    """Write a small file that is there entirely and durably, or not at all."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(fd, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
