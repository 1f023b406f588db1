"""The door: `python3 run.py demo`, `test`, `package`, or anything that `pos-loyalty` understands.

It makes what is missing first (workshop/environment.py). This file keeps to words that old Pythons
read, so that they can be told.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the very Pythons that are too old come by here
    sys.exit(
        "POS Loyalty needs Python 3.11 or newer; this is Python %d.%d. "  # noqa: UP031 - as above
        "Install a newer one and start again with it: python3.11 run.py ..." % sys.version_info[:2]
    )

from workshop.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
