"""Everything the domain can refuse, as one tree: facts as attributes, words are put elsewhere."""

from __future__ import annotations


class LoyaltyError(Exception):
    """Something a person asked for that cannot be done, with the facts to say why."""


class WrongDocument(LoyaltyError):  # noqa: N818 - reads as a sentence where it is raised
    """A document that cannot be accepted: which, where in it, what was found, what is allowed."""

    def __init__(self, *, file: str, path: str, found: str, allowed: str) -> None:
        super().__init__(f"{file}: {path}: found {found}, allowed: {allowed}")
        self.file = file
        self.path = path
        self.found = found
        self.allowed = allowed


class InsufficientPoints(LoyaltyError):  # noqa: N818 - reads as a sentence where it is raised
    """A redemption of more than the live lots hold."""

    def __init__(self, *, wanted: int, available: int) -> None:
        super().__init__(f"{wanted} points wanted, {available} available")
        self.wanted = wanted
        self.available = available


class CurrencyMismatch(LoyaltyError):  # noqa: N818 - reads as a sentence where it is raised
    """Two amounts of different currencies in one calculation."""

    def __init__(self, *, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found
