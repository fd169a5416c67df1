"""Print how hard the module texts are to read: `python scripts/reading_ease.py [folder of the catalogue]`.

LIX is the mean length of sentences in words plus the percentage of words with more than six letters (Björnsson, 1968): below
30 a children's book, around 40 a newspaper, above 60 a doctoral thesis.
"""

import re
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from kurskatalog.check.files import classify
from kurskatalog.check.reading import SourceFile, check_file
from kurskatalog.source.markdown import split

# Tables and code are no sentences, and what the program adds to questions is not the author's; a heading, a paragraph and a
# point of a list each end a sentence.
_LEFT_OUT = re.compile(
    r"<(table|pre|sup)\b.*?</\1>|<section class=\"answers\".*?</section>|<p class=\"(?:hint|see)\">.*?</p>", re.DOTALL
)
_NO_TEXT = re.compile(r"^(?:\[\^[^\]]+\]|\*\[[^\]]+\]):.*$|(?<=\])\([^)]*\)|\[\^[^\]]+\]", re.MULTILINE)
_BLOCK = re.compile(r"</(?:p|li|h\d|dt|dd|summary|blockquote|figcaption|div)>|<br\s*/?>")
_PARAGRAPH = re.compile(r"<p\b[^>]*>.*?</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SENTENCE = re.compile(r"[.!?:]+(?=\s|$)|\n")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def plain(html: str) -> str:
    """A rendered text as plain text, a block a line."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", _LEFT_OUT.sub("\n", html))))


def paragraphs(html: str) -> str:
    """The paragraphs alone: headings, points of lists and choices are short, and make a text look easier than it is."""
    return "\n".join(_PARAGRAPH.findall(_LEFT_OUT.sub("", html)))


def count_words(markdown: str) -> int:
    """Words of a text as it was written, questions included; without notes and addresses of links."""
    return len(_WORD.findall(_NO_TEXT.sub("", split(markdown, "")[0].body)))


def lix(html: str) -> float:
    """LIX of a rendered text; 0 for one without words."""
    text = plain(html)
    words = _WORD.findall(text)
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE.split(text))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words) if words else 0.0


def module_texts(root: Path) -> Iterator[tuple[SourceFile, str, str]]:
    """(file, text as written, rendered text) of every module in every language."""
    for path in sorted(root.glob("modules/*/*/module.*.md")):
        file = classify(path.relative_to(root).as_posix())
        if isinstance(file, SourceFile):
            raw = path.read_bytes()
            yield file, raw.decode(), check_file(file, raw).html


def main() -> int:
    """Always 0: the limits are the tests' business."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    print("LIX   of paragraphs alone  words")
    for file, text, html in module_texts(root):
        print(f"{lix(html):4.1f}  {lix(paragraphs(html)):4.1f}  {count_words(text):5}  {file.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
