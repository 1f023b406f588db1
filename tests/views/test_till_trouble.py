"""A whole till in trouble: no paper, no scanner, no server, switched off in between."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos_loyalty.ui.states.member import MemberState
from tests.fakes.till_folder import a_till_folder
from tests.views.till_rig import (
    RunningTill,
    devices,
    running,
    scan_anna,
    scan_coffee,
)

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def test_with_the_paper_out_the_sale_stands_and_the_receipt_prints_when_there_is_some(
    till: RunningTill,
) -> None:
    till.take_paper_out()
    scan_coffee(till)
    till.press(ENTER)
    till.until(lambda: till.sale.done and "receipt waits" in till.sale.done.receipt.text)
    assert till.slips == []

    till.put_paper_in()

    till.until(lambda: till.sale.done and till.sale.done.receipt.text == "Receipt printed")
    assert len(till.slips) == 1


def test_a_copy_is_marked_and_written_down(till: RunningTill) -> None:
    scan_coffee(till)
    till.press(ENTER)
    till.until(lambda: len(till.slips) == 1)
    till.until(lambda: till.sale.done and till.sale.done.print_again)
    till.press(Qt.Key.Key_F7)

    till.until(lambda: len(till.slips) == 2)
    assert "COPY" in till.slips[1]
    assert "COPY" not in till.slips[0]
    assert till.kinds() == ["shift-open", "sale", "reprint"]


def test_a_scanner_unplugged_is_told_and_found_again(till: RunningTill) -> None:
    def words() -> str:
        return repr(till.shop.screen.shown["status"])

    till.until(lambda: "Scanner ready" in words())
    away = till.scanner.with_name("unplugged")
    till.scanner.rename(away)
    till.until(lambda: "Scanner not there" in words())
    away.rename(till.scanner)

    till.until(lambda: "Scanner ready" in words())
    scan_coffee(till)


def test_a_sale_in_progress_survives_a_restart(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    with running(qtbot, qapp, folder) as till:
        till.sign_in()
        scan_anna(till)
        scan_coffee(till)
    with running(qtbot, qapp, folder) as till:
        till.sign_in()
        till.until(lambda: isinstance(till.sale.member, MemberState))

        assert [line.name for line in till.sale.basket.lines] == ["Coffee 250 g"]


def test_a_receipt_that_was_not_printed_before_the_restart_is_printed_after_it(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    with running(qtbot, qapp, folder) as till:
        till.sign_in()
        till.take_paper_out()
        scan_coffee(till)
        till.press(ENTER)
        till.until(lambda: till.sale.done)
        till.until(lambda: till.sale.done and "waits" in till.sale.done.receipt.text)
    (folder / "printer" / "paper-out").unlink()
    with running(qtbot, qapp, folder) as till:
        till.until(lambda: len(till.slips) == 1)

        assert "COPY" not in till.slips[0]


def test_a_till_without_a_printer_sells_and_keeps_nothing_waiting(
    qtbot: QtBot, qapp: QApplication, folder: Path
) -> None:
    with running(qtbot, qapp, folder, devices(folder, printer=False)) as till:
        till.sign_in()
        scan_coffee(till)
        till.press(ENTER)
        till.until(
            lambda: till.sale.done and till.sale.done.receipt.text.startswith("No printer is set")
        )
        journal = till.back_room.counter.journal

        assert till.back_room.ledger.do(journal.waiting_slips) == ()


def test_closing_with_something_unsent_says_that_it_is_safe_and_closes_at_the_second_time(
    till: RunningTill,
) -> None:
    scan_coffee(till)
    till.press(ENTER)
    till.until(lambda: "entries wait" in repr(till.shop.screen.shown["status"]))
    till.shop.window.close()

    till.until(lambda: "They are safe here" in till.toast)
    assert till.left == []
    till.shop.window.close()
    assert till.left == ["left"]


def test_the_till_says_that_the_server_does_not_answer(till: RunningTill) -> None:
    till.press(Qt.Key.Key_F10)

    till.until(lambda: "The server does not answer." in repr(till.sale.side))


class LogInPage(BaseHTTPRequestHandler):
    """What a hotel's network answers to everything."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        page = b"<html>Please log in</html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def test_a_log_in_page_in_the_servers_place_is_told_and_selling_goes_on(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), LogInPage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        with running(qtbot, qapp, a_till_folder(tmp_path / "till", url=url)) as till:
            till.sign_in()
            till.press(Qt.Key.Key_F10)
            till.until(lambda: "A log-in page of the network answers" in repr(till.sale.side))
            till.press(Qt.Key.Key_F10)
            scan_coffee(till)
            till.press(ENTER)
            till.until(lambda: till.sale.done)

            assert "sale" in till.kinds()
        server.shutdown()
