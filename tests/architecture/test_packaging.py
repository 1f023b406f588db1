"""What pyproject.toml, the lock and the checks say of each other."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points, version
from typing import Any

import pos_loyalty
from tests.architecture.tree import ROOT
from workshop.parts import PARTS

GROUPS = ("scanners", "cameras", "decoders", "printers")


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as text:
        table: dict[str, Any] = tomllib.load(text)["project"]
    return table


def locked() -> str:
    return (ROOT / "requirements.lock").read_text("utf-8")


def test_the_lock_names_no_index_and_no_address() -> None:
    assert (
        re.findall(r"(?m)^\s*-[a-z-].*|^#.*|.*://.*|.* @ .*", locked().replace("--hash", "")) == []
    )


def test_every_locked_package_is_pinned_and_has_its_hashes() -> None:
    entries = locked().replace("\\\n", "").splitlines()

    assert len(entries) > 80
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_everything_that_is_declared_is_locked() -> None:
    declared = project()["dependencies"] + project()["optional-dependencies"]["checks"]

    names = {re.split(r"[\[>]", entry)[0].lower() for entry in declared}

    assert names - set(re.findall(r"(?m)^([a-z0-9-]+)==", locked())) == set()


def test_every_driver_that_is_declared_can_be_loaded() -> None:
    declared = project()["entry-points"]

    for group in GROUPS:
        installed = {entry.name: entry for entry in entry_points(group=f"pos_loyalty.{group}")}
        assert {name: entry.value for name, entry in installed.items()} == declared[
            f"pos_loyalty.{group}"
        ]
        assert all(callable(entry.load()) for entry in installed.values())


def test_the_command_that_is_declared_can_be_loaded() -> None:
    (command,) = entry_points(group="console_scripts", name="pos-loyalty")

    assert callable(command.load())


def test_the_version_that_is_installed_is_the_one_of_the_tree() -> None:
    assert version("pos-loyalty") == pos_loyalty.__version__


def test_every_folder_of_tests_belongs_to_one_part_of_the_checks() -> None:
    folders = [path.name for path in (ROOT / "tests").iterdir() if any(path.rglob("test_*.py"))]
    checked = [folder for part in PARTS for folder in part.folders]

    assert len(checked) == len(set(checked))
    assert set(folders) - set(checked) == set()


def test_no_test_lies_outside_the_folders_of_the_parts() -> None:
    assert list((ROOT / "tests").glob("test_*.py")) == []
