from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INSPECTION = """
import importlib.metadata, json
import pos_loyalty
from pos_loyalty.resources import resource

groups = ("scanners", "cameras", "decoders", "printers")
entries = [e for g in groups for e in importlib.metadata.entry_points(group=f"pos_loyalty.{g}")]
print(json.dumps({
    "package": pos_loyalty.__file__,
    "drivers": {f"{e.group} {e.name}": e.load().__code__.co_filename for e in entries},
    "resources": sorted(p.relative_to(resource()).as_posix() for p in resource().rglob("*")),
}))
"""


@dataclass(frozen=True, slots=True)
class InstalledWheel:
    """The product as a shop installs it, and a folder that has nothing to do with it."""

    environment: Path
    elsewhere: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        programs = self.environment / ("Scripts" if sys.platform == "win32" else "bin")
        return subprocess.run(
            (programs / command[0], *command[1:]),
            cwd=self.elsewhere,
            capture_output=True,
            text=True,
            check=False,
        )


def run_python(*arguments: str | Path) -> None:
    done = subprocess.run(
        (sys.executable, *arguments), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def lend_packages(environment: Path) -> None:
    """Let an empty environment import the packages of this one, but not the clone itself.

    A folder named in a .pth file is only searched: the .pth files in it, by which this environment
    finds the clone, are not read.
    """
    (site_packages,) = environment.rglob("site-packages")
    (site_packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run_python("-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> InstalledWheel:
    folder = tmp_path_factory.mktemp("shop")
    environment, elsewhere = folder / "environment", folder / "else where"
    elsewhere.mkdir()
    own_data = ("--app-data", folder / "seeds", "--no-periodic-update")
    run_python("-m", "virtualenv", "--quiet", "--no-download", *own_data, environment)
    installation = InstalledWheel(environment, elsewhere)
    done = installation.run("pip", "install", "--quiet", "--no-index", "--no-deps", str(wheel))
    assert done.returncode == 0, done.stderr
    lend_packages(environment)
    return installation


def test_an_installed_wheel_run_from_elsewhere_finds_every_driver_and_resource(
    installed: InstalledWheel,
) -> None:
    done = installed.run("python", "-c", INSPECTION)

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    places = {found["package"], *found["drivers"].values()}
    assert all(Path(place).is_relative_to(installed.environment) for place in places)
    kinds = {name.split()[0] for name in found["drivers"]}
    assert kinds == {
        f"pos_loyalty.{kind}" for kind in ("scanners", "cameras", "decoders", "printers")
    }
    ours = (ROOT / "resources").rglob("*")
    assert found["resources"] == sorted(
        path.relative_to(ROOT / "resources").as_posix()
        for path in ours
        if path.is_file() or any(below.is_file() for below in path.rglob("*"))
    )


def test_an_installed_wheel_brings_the_command(installed: InstalledWheel) -> None:
    done = installed.run("pos-loyalty", "--help")

    assert done.returncode == 0, done.stderr
    assert "till" in done.stdout


def test_a_wheel_holds_the_product_and_nothing_of_the_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        tops = {name.split("/")[0] for name in files.namelist()}

    assert tops == {"pos_loyalty", "drivers", wheel.name.split("-py3")[0] + ".dist-info"}
