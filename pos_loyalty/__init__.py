"""POS Loyalty: the loyalty system of a shop counter that does everything offline, too."""

__version__ = "0.1.0"
