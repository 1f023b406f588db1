from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.server.api.app import create_app
from pos_loyalty.server.database import open_engine
from pos_loyalty.server.serve import Address, served
from tests.fakes.postgres import Databases, database_url, databases, engine
from tests.server.clusters import made_dir, made_once, shop_dir
from tests.server.shop import Front, Shop, ShopTill, open_shop

__all__ = ["database_url", "databases", "engine", "made_dir", "made_once", "shop_dir"]


@pytest.fixture(scope="session")
def front(databases: Databases) -> Iterator[Front]:
    first = open_engine(databases.make())
    app = create_app(first)
    with served(app, Address(port=0)) as url:
        yield Front(app, url)
    first.dispose()


@pytest.fixture
def shop(front: Front, engine: Engine) -> Shop:
    return open_shop(front, engine)


@pytest.fixture
def till(shop: Shop) -> ShopTill:
    return shop.till()


@pytest.fixture
def anna(till: ShopTill) -> MemberId:
    (anna,) = till.blank()
    return anna
