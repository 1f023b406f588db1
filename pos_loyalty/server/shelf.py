"""The published programs, read once each: a version never changes."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pos_loyalty.domain.ids import ProgramId
from pos_loyalty.domain.programs.program import Program
from pos_loyalty.server.tables import programs
from pos_loyalty.wire.program_document import read_program

VERSION_MAX = 2**31 - 1


class Shelf:
    """Program versions by name, of one database."""

    def __init__(self) -> None:
        self._read: dict[tuple[ProgramId, int], Program] = {}

    def find(self, connection: Connection, program: ProgramId, version: int) -> Program | None:
        """Find one version. None when it was never published here."""
        key = (program, version)
        if key not in self._read:
            found = _load(connection, program, version)
            if found is None:
                return None  # It may be published later.
            self._read[key] = found
        return self._read[key]

    def newest(self, connection: Connection) -> tuple[Program, ...]:
        """Find the newest version of every program."""
        version = func.max(programs.c.version).label("version")
        query = select(programs.c.program, version).group_by(programs.c.program)
        named = connection.execute(query.order_by(programs.c.program)).all()
        found = (self.find(connection, ProgramId(row.program), row.version) for row in named)
        return tuple(program for program in found if program is not None)


def _load(connection: Connection, program: ProgramId, version: int) -> Program | None:
    if not 0 < version <= VERSION_MAX or "\0" in program:
        return None  # A till may send anything; PostgreSQL takes neither.
    wanted = (programs.c.program == program) & (programs.c.version == version)
    document = connection.execute(select(programs.c.document).where(wanted)).scalar()
    return None if document is None else read_program(document, f"{program}-{version}.json")
