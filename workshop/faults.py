"""What may go wrong before anything is installed."""

from __future__ import annotations


class SetUpError(Exception):
    """The environment cannot be made; the message is a sentence that says what to do."""
