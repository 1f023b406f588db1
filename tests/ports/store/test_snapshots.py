"""Every Members takes a whole index over alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_loyalty.domain.ids import MemberId
from pos_loyalty.domain.members import MemberStatus
from pos_loyalty.lab.memory_members import MemoryMembers
from pos_loyalty.ports.members import KnownMember, Members, PullPlace
from pos_loyalty.store.folder import open_members
from pos_loyalty.wire.changes import (
    FiguresChanged,
    ProgramPublished,
)
from tests.fakes.told_members import (
    ANNA,
    BORIS,
    CLARA,
    PROGRAM,
    STORE,
    line,
    page,
    reply,
    tell,
    told,
)


@pytest.fixture(params=["memory", "sql"])
def members(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Members]:
    if request.param == "memory":
        yield MemoryMembers()
        return
    opened = open_members(tmp_path, b"k" * 32)
    yield opened
    opened.close()


def test_a_card_is_recognised_by_the_index_alone(members: Members) -> None:
    tell(members, line(7, ANNA, "blocked"))

    assert members.by_digest((7).to_bytes(12)) == (MemberId(ANNA), MemberStatus.BLOCKED)
    assert members.find(MemberId(ANNA)) == KnownMember(
        MemberId(ANNA), MemberStatus.BLOCKED, None, None
    )


def test_the_lines_of_the_index_are_counted_once_each(members: Members) -> None:
    tell(members, line(7, ANNA), line(8, BORIS), line(8, BORIS, "blocked"))
    tell(members, line(8, CLARA), line(9, CLARA))

    assert members.place().members == 3
    assert members.by_digest((8).to_bytes(12)) == (MemberId(CLARA), MemberStatus.ACTIVE)
    assert members.find(MemberId(BORIS)) is None


def test_pulling_goes_on_where_the_last_whole_page_ended(members: Members) -> None:
    members.apply([told(ANNA, "Anna")], reply("c1"), complete=True)

    members.apply([told(BORIS, "Boris")], reply("c2"), complete=False)

    assert members.place().cursor == "c1"
    assert members.find(MemberId(BORIS)) is not None


def test_a_snapshot_takes_the_place_of_the_index_and_of_nothing_else(members: Members) -> None:
    tell(members, line(99, CLARA), told(ANNA, "Anna"))
    build = members.begin_snapshot("c9")

    build.add(page([1, 2], more=True))
    assert (build.after(), build.loaded()) == (f"{2:024x}", 2)
    build.add(page([3], more=False))
    assert members.place().members == 1
    members.swap_in(build)

    assert members.place() == PullPlace(1, "c1", 3)
    assert members.by_digest((3).to_bytes(12)) == (MemberId(CLARA), MemberStatus.ACTIVE)
    assert members.by_digest((99).to_bytes(12)) is None
    assert members.find(MemberId(ANNA)) is not None


def test_an_interrupted_snapshot_goes_on_with_the_cursor_it_began_with(members: Members) -> None:
    members.begin_snapshot("monday").add(page([1, 2], more=True))

    build = members.begin_snapshot("friday")

    assert (build.after(), build.loaded(), build.cursor()) == (f"{2:024x}", 2, "monday")


def test_a_snapshot_of_a_restored_server_begins_again(members: Members) -> None:
    build = members.begin_snapshot()
    build.add(page([1, 2], more=True))

    build.add(page([3], more=False, server_epoch=2))

    assert (build.after(), build.loaded()) == ("", 0)
    with pytest.raises(ValueError, match="finished"):
        members.swap_in(build)


def test_a_half_built_snapshot_is_not_put_in_place(members: Members) -> None:
    build = members.begin_snapshot()
    build.add(page([1, 2], more=True))

    with pytest.raises(ValueError, match="finished"):
        members.swap_in(build)


def test_a_page_out_of_order_is_not_taken(members: Members) -> None:
    build = members.begin_snapshot()
    build.add(page([5], more=True))

    with pytest.raises(ValueError, match="does not follow"):
        build.add(page([4], more=True))
    with pytest.raises(ValueError, match="are not 2 lines"):
        build.add(page([6], more=True).model_copy(update={"entries": 2}))

    assert build.loaded() == 1


def test_a_server_without_members_has_an_empty_index(members: Members) -> None:
    build = members.begin_snapshot()

    build.add(page([], more=False))
    members.swap_in(build)

    assert members.place().members == 0


def test_lines_that_change_after_a_snapshot_are_taken_over(members: Members) -> None:
    build = members.begin_snapshot()
    build.add(page([1], more=False))
    members.swap_in(build)

    tell(members, line(1, ANNA, "blocked"), line(2, BORIS))

    assert members.by_digest((1).to_bytes(12)) == (MemberId(ANNA), MemberStatus.BLOCKED)
    assert members.place().members == 2


def test_a_revoked_till_forgets_everything(members: Members) -> None:
    figures = FiguresChanged(figures={"bottega/used-x": 1})
    program = ProgramPublished(document=PROGRAM % 1)
    tell(members, STORE, told(ANNA, "Anna"), line(7, ANNA), program, figures)
    members.add_passes(["p1"])
    members.begin_snapshot().add(page([1], more=True))

    members.wipe()

    assert members.find(MemberId(ANNA)) is None
    assert members.store() is None
    assert members.programs() == ()
    assert members.figures() == {}
    assert members.passes() == ()
    assert members.place() == PullPlace(0, "", 0)
    assert members.begin_snapshot().loaded() == 0
