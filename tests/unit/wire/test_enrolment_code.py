from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_loyalty.wire.enrolment_code import EnrolmentInvitation, read_code, write_code

KEY = bytes(range(32))
CODE = "LE1:K7QX2M.0001020304050607.https://shop.example:8443"


def test_a_code_says_where_the_server_is_and_how_to_know_it() -> None:
    invitation = EnrolmentInvitation("K7QX2M", KEY[:8], "https://shop.example:8443")

    assert write_code("K7QX2M", KEY, "https://shop.example:8443/") == CODE
    assert read_code(f" {CODE}\n") == invitation


@pytest.mark.parametrize(
    "text",
    ["", CODE[4:], "LE1:", "LE1:a.b", CODE.replace("https", "ftp"), CODE.replace("0001", "wxyz")],
)
def test_what_is_no_code_makes_no_till(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_code(text)


@given(st.text(st.characters(exclude_categories=())))
def test_no_text_behind_the_prefix_breaks_the_reader(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_code("LE1:" + text)
