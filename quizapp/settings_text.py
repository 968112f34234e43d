"""The text of a settings file with one key set or taken out: comments, order, blanks and line ends stay as they are."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Comment, InlineTable, Item, Key, SingleKey, Table, Trivia, Whitespace

from quizapp.errors import ConfigError

BOM = "\ufeff"
_LONE_END = re.compile(r"(?<!\r)\n")

Holder = MutableMapping[str, Any]
Body = list[tuple[Key | None, Item]]


def with_setting(text: str, table: tuple[str, ...], name: str, value: Any | None) -> str:
    """Return a file's text with one key set, or without it where the value is None.

    Args:
        table: The names of the table that holds the key: none, `keys`, or `deck` and the deck's path.

    Raises:
        ConfigError: The text is no TOML.
    """
    mark, text = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise ConfigError(f"The settings cannot be read: {error}.", "Mend the file first.") from error
    if value is None:
        _take_out(document, table, name)
        after = tomlkit.dumps(document)
    else:
        after = _with_value(document, text, table, name, value)
    has_crlf = "\r\n" in text and not _LONE_END.search(text)
    return mark + (_LONE_END.sub("\r\n", after) if has_crlf else after)


def _with_value(
    document: tomlkit.TOMLDocument, text: str, table: tuple[str, ...], name: str, value: Any
) -> str:
    holder: Holder = document
    for part in table:
        if part not in holder and not isinstance(holder, InlineTable):
            return _with_table(text, table, name, value)
        if part not in holder:
            holder[part] = tomlkit.inline_table()
        holder = holder[part]
    holder, last = _place_of(holder, name)
    if last not in holder:
        _put_in(holder, last, value)
    elif isinstance(holder[last], Array) and isinstance(value, list):
        _refill(holder, last, value)
    else:
        holder[last] = value
    return tomlkit.dumps(document)


def _with_table(text: str, table: tuple[str, ...], name: str, value: Any) -> str:
    """Return the text with a new table at its end, where no comment of another one stands above it."""
    head = ".".join(SingleKey(part).as_string() for part in table)
    entry = f"{SingleKey(name).as_string()} = {tomlkit.item(value).as_string()}\n"
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{head}]\n{entry}"


def _refill(holder: Holder, name: str, values: list[Any]) -> None:
    """Give an array other values; its comments stay, of a shorter one behind it."""
    array = holder[name]
    if len(values) < len(array):
        comments = _comments_of(array)
        holder[name] = values
        if comments:
            holder[name].comment(" ".join(comments))
        return
    for index, value in enumerate(values[: len(array)]):
        if array[index] != value:
            array[index] = value
    for value in values[len(array) :]:
        array.append(value)


def _put_in(holder: Holder, name: str, value: Any) -> None:
    """Put a new key behind the last one of its table: what stands below, such as the next one's comment, stays there."""
    body = _body(holder)
    if body is None:
        holder[name] = value
        return
    at = _place_for_key(body)
    if at:
        _end_line(body[at - 1][1])
    item = tomlkit.item(value)
    item.trivia.trail = "\n"
    new: Body = [(SingleKey(name), item)]
    follows_table = at < len(body) and isinstance(body[at][1], Comment | Table | AoT)
    if follows_table and not any(key is not None for key, _ in body[:at]):
        new.append((None, Whitespace("\n")))
    body[at:at] = new


def _place_for_key(body: Body) -> int:
    """Return where a new key goes: behind the last key, or else behind the comment that begins the file or the table."""
    tables = [at for at, (_, item) in enumerate(body) if isinstance(item, Table | AoT)]
    end = min(tables, default=len(body))
    keys = [at for at, (key, _) in enumerate(body[:end]) if key is not None]
    if keys:
        return keys[-1] + 1
    if end == len(body):
        return end
    comments = end  # those that stand right above the first table are that one's
    while comments and isinstance(body[comments - 1][1], Comment):
        comments -= 1
    return comments


def _end_line(item: Item) -> None:
    if not isinstance(item, Whitespace | Table | AoT) and not item.trivia.trail.endswith("\n"):
        item.trivia.trail += "\n"


def _take_out(document: tomlkit.TOMLDocument, table: tuple[str, ...], name: str) -> None:
    """Take a key out, and the tables that hold nothing without it, not even a comment; one beside the key stays."""
    holders: list[Holder] = [document]
    for part in table:
        if part not in holders[-1]:
            return
        holders.append(holders[-1][part])
    holder, last = _place_of(holders[-1], name)
    if last not in holder:
        return
    _take_key(holder, last)
    for part, above, inner in zip(
        reversed(table), reversed(holders[:-1]), reversed(holders[1:]), strict=True
    ):
        has_comment = isinstance(inner, Table) and inner.trivia.comment
        if not inner and not has_comment and "#" not in tomlkit.dumps(inner):
            del above[part]


def _take_key(holder: Holder, name: str) -> None:
    body = _body(holder)
    at = next((at for at, (key, _) in enumerate(body or []) if key is not None and key.key == name), None)
    comments = _comments_of(holder[name]) if at is not None else []
    del holder[name]
    if body is not None and at is not None and comments:
        body[at : at + 1] = [(None, Comment(Trivia(comment=comment, trail="\n"))) for comment in comments]


def _comments_of(item: Item) -> list[str]:
    """Return the comments that stand beside a value, those inside an array as well."""
    inside = _comments_in(item) if isinstance(item, Array) else []
    return [*inside, *([item.trivia.comment] if item.trivia.comment else [])]


def _comments_in(array: Array) -> list[str]:
    return re.findall(r"#[^\n\r\"']*(?=[\n\r])", array.as_string())


def _body(holder: Holder) -> Body | None:
    """Return the parts of a table in their order; None for one that is written in a line or in several places."""
    if isinstance(holder, Container):
        return holder.body
    if isinstance(holder, Table) and not holder.is_super_table():
        return holder.value.body
    return None


def _place_of(holder: Holder, name: str) -> tuple[Holder, str]:
    """Return where a name stands: an id such as `study.why` may have been written with or without quotation marks."""
    first, dot, rest = name.partition(".")
    if dot and name not in holder and isinstance(holder.get(first), MutableMapping):
        return _place_of(holder[first], rest)
    return holder, name
