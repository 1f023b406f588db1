from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.fakes.postgres import database_url, databases, engine
from tests.server.shop import Shop, open_shop

__all__ = ["database_url", "databases", "engine"]


@pytest.fixture
def shop(engine: Engine) -> Iterator[Shop]:
    with open_shop(engine) as shop:
        yield shop
