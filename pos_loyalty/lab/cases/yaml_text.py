"""A YAML text as a tree of plain values that keeps every figure as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_loyalty.domain.errors import WrongDocument
from pos_loyalty.wire.document_text import (
    BYTES_MAX,
    DEPTH_MAX,
    FIGURE,
    WHOLE,
    Figure,
    Place,
    place,
    shown,
)

if TYPE_CHECKING:
    import yaml

NODES_MAX = 200_000  # References repeat a part without writing it again.
PLAIN_TAG = "tag:yaml.org,2002:"
PLAIN_KINDS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}  # YAML 1.2: yes is a text


def parse_yaml(text: str, file: str) -> object:
    """Parse a text into dicts, lists, texts, figures, booleans and None.

    Raises WrongDocument for what is no YAML, too long, too deep, or says a word twice.
    """
    import yaml

    if len(text.encode("utf-8", "surrogatepass")) > BYTES_MAX:
        raise WrongDocument(
            file=file, path=WHOLE, found=f"{len(text)} characters", allowed=f"{BYTES_MAX} bytes"
        )
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        path = WHOLE if mark is None else f"line {mark.line + 1}, column {mark.column + 1}"
        found = shown(error.problem or "nothing that can be read")
        raise WrongDocument(file=file, path=path, found=found, allowed="YAML") from error
    except yaml.YAMLError as error:  # A character that no text has.
        raise WrongDocument(
            file=file, path=WHOLE, found=shown(str(error)), allowed="YAML"
        ) from error
    except RecursionError as error:
        raise _too_deep(file, ()) from error
    if node is None:
        raise WrongDocument(file=file, path=WHOLE, found="an empty text", allowed="YAML")
    return _Tree(file).value(node, ())


class _Tree:
    """Turns nodes into values, each checked."""

    __slots__ = ("_file", "_nodes")

    def __init__(self, file: str) -> None:
        self._file = file
        self._nodes = 0

    def value(self, node: yaml.Node, path: Place) -> object:
        import yaml

        self._nodes += 1
        if self._nodes > NODES_MAX:
            raise self._wrong(path, "too many parts", f"at most {NODES_MAX}")
        if len(path) > DEPTH_MAX:
            raise _too_deep(self._file, path)
        kind = node.tag.removeprefix(PLAIN_TAG)
        if kind not in PLAIN_KINDS:
            raise self._wrong(path, node.tag, "a text, a number, a list or a table")
        if isinstance(node, yaml.MappingNode):
            return self._table(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(one, (*path, i)) for i, one in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        raise self._wrong(path, node.tag, "a text, a number, a list or a table")

    def _table(self, node: yaml.MappingNode, path: Place) -> dict[str, object]:
        import yaml

        told: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._wrong(path, "a table or list as a word", "a text before the colon")
            if key.value in told:
                raise self._wrong((*path, key.value), "the word twice", "once")
            told[key.value] = self.value(value, (*path, key.value))
        return told

    def _wrong(self, path: Place, found: str, allowed: str) -> WrongDocument:
        where = place(path) or WHOLE
        return WrongDocument(file=self._file, path=where, found=found, allowed=allowed)


def _scalar(node: yaml.ScalarNode) -> object:
    if node.style is not None or node.tag == PLAIN_TAG + "str":
        return node.value
    if node.value in WORDS:
        return WORDS[node.value]
    return Figure(node.value) if FIGURE.fullmatch(node.value) else node.value


def _too_deep(file: str, path: Place) -> WrongDocument:
    found, allowed = "parts in parts, too deep", f"at most {DEPTH_MAX} levels"
    return WrongDocument(file=file, path=place(path) or WHOLE, found=found, allowed=allowed)
