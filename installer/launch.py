"""The script that the installer's program starts with."""

from __future__ import annotations

from pos_loyalty.cli.main import main

if __name__ == "__main__":
    main()
