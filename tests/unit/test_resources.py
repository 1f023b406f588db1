from __future__ import annotations

from pathlib import Path

from pos_loyalty.resources import resource


def test_a_clone_finds_its_resources_beside_the_package() -> None:
    root = Path(__file__).resolve().parents[2]

    assert resource() == root / "resources"
    assert resource("icons", "LICENSE") == root / "resources" / "icons" / "LICENSE"
    assert resource("icons").is_dir()
