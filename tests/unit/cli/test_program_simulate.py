from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pos_loyalty.cli.main import app
from pos_loyalty.lab.replay.source import ReceiptFile
from tests.unit.lab.replay.months import COFFEE, POINTS, as_lines, receipt

Document = dict[str, Any]
MONTH = [
    receipt(1, "ada", 1299, receipt="1"),
    receipt(3, "ada", 800, 250, receipt="2"),
    receipt(9, "bea", 300, receipt="3"),
    receipt(20, None, 500, receipt="4"),
]
TABLE = """at;store;receipt;member;sku;category;price_minor
2026-06-01T10:00:00+02:00;centro;1;ada;p1299;bread;1299
2026-06-03T10:00:00+02:00;centro;2;ada;p800;bread;800
2026-06-03T10:00:00+02:00;centro;2;ada;p250;bread;250
2026-06-09T10:00:00+02:00;centro;3;bea;p300;bread;300
2026-06-20T10:00:00+02:00;centro;4;;p500;bread;500
"""


@pytest.fixture
def points(tmp_path: Path) -> Path:
    path = tmp_path / "points.toml"
    path.write_text(POINTS, "utf-8")
    return path


@pytest.fixture
def month(tmp_path: Path) -> Path:
    path = tmp_path / "june.jsonl"
    path.write_bytes(as_lines(MONTH))
    return path


def run(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["program", "simulate", *map(str, arguments)], input=stdin)
    return done.exit_code, done.stdout, done.stderr


def answer(*arguments: str | Path, stdin: bytes = b"") -> Document:
    code, out, _ = run(*arguments, "--json", stdin=stdin)
    assert code == 0, out
    document: Document = json.loads(out)
    return document


def earned(document: Document) -> list[int]:
    return [one["units"][0]["earned"] for one in document["programs"]]


def test_a_month_is_told_under_a_program_beside_the_present_one(
    points: Path, month: Path, tmp_path: Path
) -> None:
    present = tmp_path / "coffee.toml"
    present.write_text(COFFEE, "utf-8")

    told = answer(points, month, "--beside", present)

    assert [one["program"] for one in told["programs"]] == ["points", "coffee"]
    assert earned(told) == [12 + 10 + 3, 0]
    assert told["sales_minor"] == 1299 + 1050 + 300 + 500
    assert (told["members"], told["member_share"]) == (2, "0.75")
    assert told["programs"][0]["cost"]["share_of_sales"] == "0.07939"  # 250 of 3149
    assert told["comparison"]["winners"] == 2


def test_a_table_and_packed_documents_give_the_same_as_documents(
    points: Path, month: Path, tmp_path: Path
) -> None:
    table, packed = tmp_path / "june.csv", tmp_path / "june.jsonl.gz"
    table.write_text(TABLE, "utf-8")
    packed.write_bytes(gzip.compress(month.read_bytes()))

    plain = answer(points, month)

    assert answer(points, table) == plain
    assert answer(points, packed) == plain
    assert answer(points, "-", stdin=month.read_bytes()) == plain


def test_the_same_month_is_told_in_the_same_words_every_time(points: Path, month: Path) -> None:
    first, second = (run(points, month, "--json")[1] for _ in range(2))

    assert first == second


def test_receipts_in_any_order_give_the_same(
    points: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = receipt(2, "ada", 900, redeem=[{"reward": "euro"}])
    in_order = [receipt(1, "ada", 2000), spent, *(receipt(day, "bea", 100) for day in range(3, 28))]
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_bytes(as_lines([*in_order[1:], in_order[0]]))
    straight = tmp_path / "straight.jsonl"
    straight.write_bytes(as_lines(in_order))

    near = answer(points, mixed, "--begin", "empty")
    monkeypatch.setattr("pos_loyalty.lab.replay.ordering.in_order.__defaults__", (4,))
    far = answer(points, mixed, "--begin", "empty")
    _, _, said = run(points, mixed)

    assert near == far == answer(points, straight, "--begin", "empty")
    assert near["programs"][0]["rewards"][0]["times"] == 1
    assert "sorted first" in said


def test_people_read_costs_rules_winners_and_what_was_not_told(points: Path, month: Path) -> None:
    code, out, _ = run(points, month)

    assert code == 0
    for told in ("€31.49", "25 points", "Purchase", "€1.00 off", "Members who win", "ada", "€2.50"):
        assert told in out
    assert "balance (points) of 2 members was not told" in " ".join(out.split())
    assert "4 receipts in" in out.splitlines()[-1]
    assert "receipts per second" in out.splitlines()[-1]


@pytest.mark.parametrize("language", ["it", "ru", "bg", "zh-Hans"])
def test_the_results_can_be_told_in_every_language(
    points: Path, month: Path, language: str
) -> None:
    assert run(points, month, "--language", language)[0] == 0


def test_the_picture_is_a_whole_png_file(points: Path, month: Path, tmp_path: Path) -> None:
    import cv2

    picture = tmp_path / "june.png"

    code, _, _ = run(points, month, "--picture", picture)

    drawn = cv2.imread(str(picture))
    assert code == 0
    assert drawn is not None
    assert drawn.shape == (960, 1280, 3)
    assert len({tuple(pixel) for pixel in drawn[::7, ::7].reshape(-1, 3)}) > 5
    assert list(tmp_path.glob("*.draft")) == []


def test_a_picture_that_cannot_be_written_is_told(
    points: Path, month: Path, tmp_path: Path
) -> None:
    code, _, said = run(points, month, "--picture", tmp_path / "nowhere" / "june.png")

    assert code == 2
    assert "cannot be written" in said


def test_a_wrong_line_ends_it_with_its_number_and_path(points: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "june.jsonl"
    bad = receipt(2, "ada", 100) | {"lines": [{"price_minor": "1.00"}]}
    wrong.write_bytes(as_lines([MONTH[0], bad, MONTH[2]]))

    code, out, _ = run(points, wrong, "--json")

    assert code == 2
    assert list(json.loads(out)) == ["error"]
    assert json.loads(out)["error"]["path"] == "line 2: lines[0].price_minor"


def test_wrong_receipts_are_left_out_and_counted_where_it_is_asked_for(
    points: Path, tmp_path: Path
) -> None:
    documents, table = tmp_path / "june.jsonl", tmp_path / "june.csv"
    dollars = receipt(2, "ada", 100, currency="USD")
    documents.write_bytes(as_lines(MONTH[:2]) + b"{]\n" + as_lines([dollars, *MONTH[2:]]))
    table.write_text(TABLE.replace("bread;300", "bread;3 €"), "utf-8")

    first, second = (answer(points, path, "--skip-wrong") for path in (documents, table))
    _, _, said = run(points, documents, "--skip-wrong")

    assert (first["skipped"], first["receipts"]) == (2, 4)
    assert (second["skipped"], second["receipts"]) == (1, 3)
    assert "line 3, column 2" in said
    assert "line 4: currency" in said


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\x1f\x8b broken", "gzip that is broken"),
        (TABLE.replace("bread", "caf\xe9", 1).encode("latin-1"), "the byte 0xe9"),
        (TABLE.replace("member", "customer").encode(), "customer"),
    ],
)
def test_a_file_that_is_no_receipts_is_told_whole(
    points: Path, tmp_path: Path, content: bytes, found: str
) -> None:
    path = tmp_path / "june"
    path.write_bytes(content)

    code, _, said = run(points, path)

    assert code == 2
    assert found in said


def test_a_file_that_is_not_there_is_told(points: Path, tmp_path: Path) -> None:
    code, _, said = run(points, tmp_path / "june.jsonl")

    assert code == 2
    assert "a file that can be read" in said


def test_an_empty_file_is_a_month_without_receipts(points: Path, tmp_path: Path) -> None:
    empty, picture = tmp_path / "june.jsonl", tmp_path / "june.png"
    empty.write_bytes(b"\n")

    told = answer(points, empty, "--picture", picture)
    _, out, _ = run(points, empty)

    assert (told["receipts"], told["first"], told["days"]) == (0, None, [])
    assert "There are no receipts." in out
    assert picture.exists()


def test_a_program_that_is_not_in_force_yet_says_so_and_can_be_tried_all_the_same(
    month: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.toml"
    later.write_text(POINTS.replace("2026-01-01", "2027-01-01"), "utf-8")

    _, out, _ = run(later, month)

    assert "not in force on any receipt's day" in " ".join(out.split())
    assert earned(answer(later, month)) == [0]
    assert earned(answer(later, month, "--any-day")) == [25]


def test_a_replay_that_is_stopped_ends_cleanly(
    points: Path, month: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt

    monkeypatch.setattr(ReceiptFile, "receipts", stopped)

    code, out, said = run(points, month)

    assert (code, out, said) == (130, "", "Stopped.\n")


def test_a_reward_that_was_refused_is_told_by_its_name(points: Path, tmp_path: Path) -> None:
    path = tmp_path / "june.jsonl"
    path.write_bytes(as_lines([receipt(1, "ada", 1200, redeem=[{"reward": "euro"}])]))

    _, out, _ = run(points, path)

    assert "1 wish was refused (€1.00 off): the balance is not known." in " ".join(out.split())
