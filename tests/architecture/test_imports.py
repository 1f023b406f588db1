"""What a module may import, and what importing it may do."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.architecture.tree import ROOT, SHIPPED, parsed, python_files, relative

PROBE = Path(__file__).with_name("import_probe.py")


def imported_names(path: Path) -> set[str]:
    nodes = list(ast.walk(parsed(path)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_domain_knows_the_standard_library_and_itself_only() -> None:
    imports = {
        (relative(path), name)
        for path in python_files("pos_loyalty/domain")
        for name in imported_names(path)
    }

    foreign = {
        (path, name)
        for path, name in imports
        if name.split(".")[0] not in sys.stdlib_module_names
        and not f"{name}.".startswith("pos_loyalty.domain.")
    }

    assert len(imports) > 50
    assert foreign == set()


def test_every_package_that_the_product_imports_is_declared() -> None:
    names = {name.split(".")[0] for path in python_files(*SHIPPED) for name in imported_names(path)}
    third_party = names - set(sys.stdlib_module_names) - {"__future__", *SHIPPED}

    with (ROOT / "pyproject.toml").open("rb") as text:
        declared = tomllib.load(text)["project"]["dependencies"]
    declared_names = {_normal(entry.split(">=")[0].split("[")[0]) for entry in declared}
    homes = packages_distributions()
    undeclared = {
        name
        for name in third_party
        if declared_names.isdisjoint(_normal(home) for home in homes.get(name, ()))
    }

    assert third_party
    assert undeclared == set()


def test_importing_any_module_opens_no_file_line_or_device() -> None:
    probe = subprocess.run(
        (sys.executable, PROBE, *SHIPPED), cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert probe.stderr == ""
    assert probe.returncode == 0
    assert probe.stdout.startswith("quiet: ")


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")
