"""What docs/adr/0001-sister-packages.md promises: small packages are enough, full ones do too."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

from tests.architecture.tree import SHIPPED, parsed, python_files, relative

# Parts of cv2 that only the full package has: its own windows.
WINDOWS_OF_CV2 = {"imshow", "namedWindow", "waitKey", "destroyAllWindows", "createTrackbar"}
START_QT = "from PySide6.QtWidgets import QApplication as A; print(A([]).platformName())"


def test_every_qt_module_that_we_import_is_one_of_the_essentials() -> None:
    imported = {
        node.module.split(".")[1]
        for path in python_files(*SHIPPED, "tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and node.module is not None
        and node.module.startswith("PySide6.")
    }

    essential = {path.name.split(".")[0] for path in files("PySide6-Essentials") or ()}

    assert "QtWidgets" in imported
    assert imported - essential == set()


def test_no_window_of_cv2_is_ever_opened() -> None:
    used = {
        (relative(path), node.attr)
        for path in python_files(*SHIPPED)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
    }

    assert [(path, name) for path, name in used if name in WINDOWS_OF_CV2] == []


def test_qt_starts_where_the_full_opencv_points_it_at_another_qt(tmp_path: Path) -> None:
    # What `import cv2` of opencv-python leaves in the environment.
    of_cv2 = {"QT_QPA_PLATFORM_PLUGIN_PATH": str(tmp_path), "QT_QPA_FONTDIR": str(tmp_path)}

    started = subprocess.run(
        (sys.executable, "-c", START_QT),
        env=os.environ | of_cv2 | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.stdout.strip() == "offscreen", started.stderr
