"""In which documents a term stands: a line of letters, and the files that many such lines are put into."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_AT = {letter: number for number, letter in enumerate(ALPHABET)}
WEIGHTS = 8
_SHARDS_AT_LEAST, _SHARDS_AT_MOST, _DOCUMENTS_A_SHARD = 8, 1024, 32


def _letters(value: int) -> str:
    """A number by fives of bits, the lowest first; letters from the second half of the alphabet say that more follow."""
    text = ""
    while value >= 32:
        text += ALPHABET[32 + value % 32]
        value //= 32
    return text + ALPHABET[value]


_SHORT = [_letters(value) for value in range(4096)]


def encode(postings: Iterable[int]) -> str:
    """Rising numbers `document * 8 + weight` -> letters: the step from the document before, and the weight."""
    text, before = [], 0
    for posting in postings:
        value = posting - before
        before = posting - posting % WEIGHTS
        text.append(_SHORT[value] if value < 4096 else _letters(value))
    return "".join(text)


def decode(text: str) -> Iterator[int]:
    """The inverse of `encode`."""
    before = value = 0
    shift = 1
    for letter in text:
        digit = _AT[letter]
        value += digit % 32 * shift
        if digit >= 32:
            shift *= 32
            continue
        posting = before + value
        before = posting - posting % WEIGHTS
        value, shift = 0, 1
        yield posting


def shards_for(documents: int) -> int:
    """Into how many files the terms of so many documents are put: a power of two."""
    shards = _SHARDS_AT_LEAST
    while shards < _SHARDS_AT_MOST and shards * _DOCUMENTS_A_SHARD < documents:
        shards *= 2
    return shards


def shard_of(term: str, shards: int) -> int:
    """The file that a term stands in, by its first three letters (FNV-1a): what begins alike stands together."""
    key = 0x811C9DC5
    for letter in term[:3]:
        key = ((key ^ ord(letter)) * 0x01000193) & 0xFFFFFFFF
    return key % shards


def shard_file(number: int) -> str:
    """Its name below `search/`."""
    return f"p/{number}.json"


def write_shard(terms: Mapping[str, str]) -> bytes:
    """Terms with their letters, sorted, as JSON."""
    return json.dumps(dict(sorted(terms.items())), ensure_ascii=False, separators=(",", ":")).encode()
