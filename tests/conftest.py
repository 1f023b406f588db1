"""What holds for every test: no display is needed, and a slow machine is no failure."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # Read when the first window is made.

settings.register_profile("shop", deadline=None)  # Time is measured by the bench, not by tests.
settings.load_profile("shop")
