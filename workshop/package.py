"""`python3 run.py package`: build the installer's bundle and let it test itself."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "pos-loyalty"
PROGRAM = BUNDLE / ("pos-loyalty.exe" if sys.platform == "win32" else "pos-loyalty")
SELF_TEST_S_MAX = 120.0
# What a program needs of a machine that has never seen Python or this clone.
PASSED_ON = ("PATH", "HOME", "LANG", "SYSTEMROOT", "TEMP", "USERPROFILE")


def main() -> int:
    """Build, test, and tell where the bundle is; the failing tool's exit code when one fails."""
    started_at_s = time.monotonic()
    print("Building the bundle (half a minute or two).", flush=True)
    built = _build()
    if built != 0:
        print("The bundle was not built; what PyInstaller said is above.", file=sys.stderr)
        return built
    size_mb = sum(file.stat().st_size for file in BUNDLE.rglob("*") if not file.is_symlink()) >> 20
    print(
        f"{BUNDLE}: {size_mb} MB in {time.monotonic() - started_at_s:.0f} s. Its self-test:",
        flush=True,
    )
    tested = _self_test()
    print("The bundle works." if tested == 0 else "The bundle does not work; do not hand it out.")
    return tested


def _build() -> int:
    folders = ("--distpath", str(BUNDLE.parent), "--workpath", str(ROOT / "build"))
    options = ("--noconfirm", "--log-level", "ERROR", *folders)
    command = (sys.executable, "-m", "PyInstaller", *options, str(ROOT / "installer.spec"))
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _self_test() -> int:
    """Run it from another folder, with an environment that names nothing of ours."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as elsewhere:
        command = (str(PROGRAM), "--self-test")
        try:
            done = subprocess.run(
                command, cwd=elsewhere, env=environment, check=False, timeout=SELF_TEST_S_MAX
            )
        except subprocess.TimeoutExpired:
            print(f"No answer in {SELF_TEST_S_MAX:.0f} s.", file=sys.stderr)
            return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
