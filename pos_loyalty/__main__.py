"""`python -m pos_loyalty` is the command `pos-loyalty`."""

from __future__ import annotations

from pos_loyalty.cli.main import main

if __name__ == "__main__":
    main()
