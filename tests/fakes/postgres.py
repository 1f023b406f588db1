"""A real PostgreSQL for tests: one cluster per run, a migrated database per test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, delete, make_url, text

from pos_loyalty.server.database import open_engine
from pos_loyalty.server.embedded import ROLE, EmbeddedPostgres
from pos_loyalty.server.schema import migrate
from pos_loyalty.server.tables import metadata

TEMPLATE = "migrated_template"
KEPT = ("identity",)  # A migrated database is not quite empty.


@dataclass
class Databases:
    """Makes databases that are copies of a migrated one; it does not survive a power cut."""

    cluster: EmbeddedPostgres
    admin: Engine
    numbers: Iterator[int] = field(default_factory=count)
    clean: list[str] = field(default_factory=list)

    def make(self) -> str:
        """Make a migrated database and answer its address."""
        name = f"shop_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {ROLE} STRATEGY file_copy")
        return self.cluster.database_url(name)

    def lend(self) -> str:
        """Answer the address of a migrated database that has nothing in it."""
        return self.clean.pop() if self.clean else self.make()

    def give_back(self, url: str) -> None:
        """Empty a database whose schema is as it was: ten times as fast as making another."""
        name = make_url(url).database or ""
        engine = create_engine(self.cluster.database_url(name, role="postgres"))
        with engine.begin() as connection:
            # The triggers that protect facts, too, must let this pass.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in metadata.tables.values():
                if table.name not in KEPT:
                    connection.execute(delete(table))
        engine.dispose()
        self.clean.append(url)

    def make_empty(self) -> str:
        """Make a database without our tables and answer its address."""
        name = f"empty_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} OWNER {ROLE} STRATEGY file_copy")
        return self.cluster.database_url(name)

    def drop(self, url: str) -> None:
        """Remove a database; what is connected to it is cut off."""
        self.run(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def make_template(self) -> None:
        """Migrate the database that the others are copied from."""
        self.run(f"CREATE DATABASE {TEMPLATE} OWNER {ROLE}")
        engine = open_engine(self.cluster.database_url(TEMPLATE))
        migrate(engine)
        engine.dispose()

    def run(self, statement: str) -> None:
        """Run a statement as the superuser."""
        with self.admin.connect() as connection:
            connection.execute(text(statement))


_KEY = pytest.StashKey[Databases]()


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Start the run's cluster unless another folder of tests has."""
    stash = request.config.stash
    if _KEY not in stash:
        stash[_KEY] = _start(request.config)
    return stash[_KEY]


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """Give a test a migrated database with nothing in it; its schema is not to be changed."""
    url = databases.lend()
    yield url
    databases.give_back(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give a test the server's own connections to a fresh, migrated database."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def _start(config: pytest.Config) -> Databases:
    folder = Path(tempfile.mkdtemp(prefix="shops-"))
    folder.chmod(0o711)  # PostgreSQL may run as another account than the tests.
    cluster = EmbeddedPostgres(folder / "db", durable=False)
    cluster.start()
    url = cluster.database_url("postgres", role="postgres")
    databases = Databases(cluster, create_engine(url, isolation_level="AUTOCOMMIT"))

    def stop() -> None:
        databases.admin.dispose()
        cluster.stop()
        shutil.rmtree(folder)

    config.add_cleanup(stop)
    databases.make_template()
    return databases
