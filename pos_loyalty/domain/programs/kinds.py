"""How the members of a closed union are told apart in a document: by their `kind`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, get_args, get_type_hints


class SchemaMaker(Protocol):
    """What a reader of documents brings along to describe one type."""

    generate_schema: Callable[[type], object]


class ByKind:
    """Marks a union whose members each have a field `kind`, a Literal, of their own.

    A document's reader asks the mark how to choose; the domain itself needs no such reader.
    """

    def __get_pydantic_core_schema__(self, union: object, maker: SchemaMaker) -> dict[str, object]:
        choices = {kind_of(member): maker.generate_schema(member) for member in get_args(union)}
        return {"type": "tagged-union", "discriminator": "kind", "choices": choices}


def kind_of(member: type) -> str:
    """Tell the word that stands for a member of a union."""
    kind: str = get_args(get_type_hints(member)["kind"])[0]
    return kind


def kinds_of(union: object) -> dict[str, type]:
    """List the words of a marked union with the types they stand for."""
    members = get_args(get_args(union)[0])
    return {kind_of(member): member for member in members}
