"""A network cable that can be pulled: the demo's way to be offline."""

from __future__ import annotations

from pos_loyalty.ports.central import Central, CentralTrouble, Trouble
from pos_loyalty.sync.gate import Gate


class Cable:
    """Lets calls through to the server while it is in; nobody answers while it is out."""

    def __init__(self) -> None:
        self.plugged = True

    def to(self, central: Central) -> Gate:
        """Give the far end of the cable: the server, as long as it can be reached."""

        def through() -> Central:
            if not self.plugged:
                raise CentralTrouble(Trouble.UNREACHABLE, "the cable is out")
            return central

        return Gate(through)
