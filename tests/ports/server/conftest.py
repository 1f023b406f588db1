from __future__ import annotations

from tests.fakes.postgres import database_url, databases, engine

__all__ = ["database_url", "databases", "engine"]
