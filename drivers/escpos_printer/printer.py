"""A receipt printer that takes one slip at a time."""

from __future__ import annotations

import logging

from drivers.escpos_printer.connections import Connection, connect
from drivers.escpos_printer.encoder import DRAWER_KICK, encode
from drivers.escpos_printer.settings import PrinterSettings
from drivers.escpos_printer.status import ask
from pos_loyalty.ports.devices import DeviceFault, PrinterStatus, PrintOutcome
from pos_loyalty.ports.documents import PrintDocument, Typesetter

_log = logging.getLogger(__name__)


class EscposPrinter:
    """One printer. The line is opened for each job, so that several tills may share it."""

    def __init__(self, settings: PrinterSettings, typesetter: Typesetter) -> None:
        self._settings = settings
        self._typesetter = typesetter

    def status(self) -> PrinterStatus:
        """Ask the printer; of one that never answers, know only that it is there."""
        connection = connect(self._settings)
        try:
            return self._ask(connection) if self._settings.asks_status else PrinterStatus()
        finally:
            connection.close()

    def print(self, document: PrintDocument) -> PrintOutcome:
        """Print one slip: asked before, sent in one piece, asked after."""
        slip = encode(document, self._settings.model, self._typesetter)
        connection = connect(self._settings)
        try:
            self._need_ready(connection)
            return self._send(connection, slip)
        finally:
            connection.close()

    def open_drawer(self) -> None:
        """Kick the drawer, whatever the paper is like."""
        connection = connect(self._settings)
        try:
            connection.send(DRAWER_KICK)
        finally:
            connection.close()

    def close(self) -> None:
        """Nothing is held between jobs."""

    def _ask(self, connection: Connection) -> PrinterStatus:
        return ask(connection, self._settings.name, self._settings.timeout_s)

    def _need_ready(self, connection: Connection) -> None:
        if not self._settings.asks_status:
            return
        trouble = self._ask(connection).trouble
        if trouble:
            raise DeviceFault(trouble, self._settings.name)

    def _send(self, connection: Connection, slip: bytes) -> PrintOutcome:
        """Send the slip; from the first byte on nobody can say that nothing was printed.

        A write to a printer that was just switched off succeeds: only its answer proves anything.
        """
        try:
            connection.send(slip)
            trouble = self._ask(connection).trouble if self._settings.asks_status else None
        except DeviceFault as fault:
            _log.warning("slip may not be printed: %s", fault)
            return PrintOutcome.UNKNOWN
        return PrintOutcome.UNKNOWN if trouble else PrintOutcome.DONE
