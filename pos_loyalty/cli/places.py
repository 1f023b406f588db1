"""Where things are kept when nobody says so."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Tell the user's own data folder for this program, by the custom of the system."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    return base / "pos-loyalty"


def till_folder() -> Path:
    """Tell the folder of this computer's till."""
    return data_folder() / "till"
