from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from pos_loyalty.store.faults import StoreFault
from pos_loyalty.store.key import key_is_in_a_file, open_key


class KeyStore(KeyringBackend):
    """A key store of the system, as the keyring package wants one."""

    priority = 1

    def __init__(self) -> None:  # Not the package's own: that reads the environment.
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class NoKeyStore(KeyStore):
    """A key store nobody unlocks, as on a till that starts by itself."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(service, username, bool(password))


@pytest.fixture(autouse=True)
def _own_key_store() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def key_store() -> KeyStore:
    store = KeyStore()
    keyring.set_keyring(store)
    return store


@pytest.fixture
def no_key_store() -> None:
    keyring.set_keyring(NoKeyStore())


def test_the_key_is_kept_in_the_systems_key_store(tmp_path: Path, key_store: KeyStore) -> None:
    key = open_key(tmp_path)

    assert open_key(tmp_path) == key
    assert list(key_store.kept.values()) == [key.hex()]
    assert key.hex() not in "".join(path.read_text() for path in tmp_path.iterdir())
    assert not key_is_in_a_file(tmp_path)


@pytest.mark.usefixtures("key_store")
def test_every_till_has_a_key_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert open_key(tmp_path / "a") != open_key(tmp_path / "b")


@pytest.mark.usefixtures("no_key_store")
def test_without_a_key_store_the_key_is_in_a_file_only_its_owner_reads(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = open_key(tmp_path)

    assert open_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "till.key").stat().st_mode) == 0o600
    assert key_is_in_a_file(tmp_path)
    assert "no key store" in caplog.text


@pytest.mark.usefixtures("no_key_store")
def test_a_key_others_could_read_is_closed_to_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    key = open_key(tmp_path)
    (tmp_path / "till.key").chmod(0o644)

    with caplog.at_level(logging.WARNING):
        assert open_key(tmp_path) == key

    assert stat.S_IMODE((tmp_path / "till.key").stat().st_mode) == 0o600
    assert "could be read by others" in caplog.text


@pytest.mark.usefixtures("no_key_store")
def test_a_journal_without_its_key_is_never_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"sealed")

    with pytest.raises(StoreFault, match="Put it back") as refused:
        open_key(tmp_path)

    assert refused.value.reason == "no-key"
    assert [path.name for path in tmp_path.iterdir()] == ["journal.db"]


def test_a_key_store_that_forgot_the_key_is_said(tmp_path: Path, key_store: KeyStore) -> None:
    open_key(tmp_path)
    key_store.kept.clear()

    with pytest.raises(StoreFault, match="has no key") as refused:
        open_key(tmp_path)

    assert refused.value.reason == "no-key"


def test_a_key_store_that_is_locked_is_said(tmp_path: Path, key_store: KeyStore) -> None:
    assert open_key(tmp_path).hex() in key_store.kept.values()
    keyring.set_keyring(NoKeyStore())

    with pytest.raises(StoreFault, match="unlock it"):
        open_key(tmp_path)


def test_half_a_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / "till.key").write_text("abcd")

    with pytest.raises(StoreFault, match="does not hold a key"):
        open_key(tmp_path)
