"""Reading bytes: encodings, line ends, sizes, and characters that hide text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kurskatalog.source.text import HIDDEN, MAX_BYTES, Unreadable, decode, hidden, hidden_characters, read_text


def code_and_place(raw: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        decode(raw, "x")
    return caught.value.problem.code, str(caught.value.problem.place)


@pytest.mark.parametrize("raw", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r"])
def test_every_line_end_is_a_line_feed(raw: bytes) -> None:
    assert decode(raw, "x") == "a\nb\n"


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"\xe5", "x:1:1"),
        ("æøå\næ".encode() + b"\xff", "x:2:2"),
        ("æ".encode()[:1], "x:1:1"),
        (b"a\xc0\x80", "x:1:2"),
        (b"\xed\xa0\x80", "x:1:1"),
        ("æ".encode("utf-16"), "x:1:1"),
    ],
)
def test_what_is_not_utf_8_is_told_where_it_stands(raw: bytes, place: str) -> None:
    assert code_and_place(raw) == ("K103", place)


def test_a_byte_order_mark_is_told() -> None:
    assert code_and_place("\ufeffa".encode()) == ("K104", "x:1:1")


def test_the_limit_is_the_last_size_that_can_be_read() -> None:
    assert len(decode(b"x" * MAX_BYTES, "x")) == MAX_BYTES
    assert code_and_place(b"x" * (MAX_BYTES + 1)) == ("K105", "x")


def test_links_and_missing_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("/etc/passwd")
    for name, code in (("a", "K106"), ("b", "K102"), (".", "K102")):
        with pytest.raises(Unreadable) as caught:
            read_text(tmp_path / name, name)
        assert caught.value.problem.code == code


SEEN = "aæøåÆØÅ \t\n\r«»“”–—…éèüñßđŋ𝕏中文\u00a0\u200c\u200d👩‍🔧❤️e\u0301ع"
UNSEEN = [
    *"\x00\x01\x08\x0b\x0c\x1f\x7f\x80\x85\x9f\u00ad\u034f\u061c\u115f\u180e\u200b\u200e\u200f\u2028\u2029",
    *"\u202a\u202e\u2060\u2066\u2069\u206f\u3164\ufeff\uffa0\ufffe\uffff\U000e0001\U000e0041\U000e0100",
]


def test_what_can_be_seen_is_not_hidden() -> None:
    assert not HIDDEN.search(SEEN)


def test_every_character_that_hides_is_found() -> None:
    signs = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    hiding = HIDDEN.findall("".join(signs))
    assert len(hiding) > 4000
    assert [sign for sign in hiding if hidden(f"Blåbær {sign} – «så»") != sign] == []
    assert hidden("".join(sign for sign in signs if not HIDDEN.match(sign))) == ""


@pytest.mark.parametrize("sign", UNSEEN, ids=[f"U+{ord(sign):04X}" for sign in UNSEEN])
def test_what_cannot_be_seen_is_told_with_its_number(sign: str) -> None:
    problems = hidden_characters(f"a\næ{sign}b\n", "x", "K408")
    assert [(p.code, str(p.place), p.message.values["code"]) for p in problems] == [
        ("K408", "x:2:2", f"{ord(sign):04X}")
    ]
