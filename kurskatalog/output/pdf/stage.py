"""The folder that the press works in: the templates with their fonts, and the pictures under names of their own content."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from kurskatalog.files import digest, digest_tree, write_atomic

_MARK = ".templates"
_FAMILIES = {
    "monospace": "JetBrains Mono",
    "serif": "Literata",
    "sans-serif": "Schibsted Grotesk",
    "system-ui": "Schibsted Grotesk",
}
_FONT = re.compile(r"(font-family\s*[:=]\s*)(\"[^\"<>]*\"|'[^'<>]*'|[^;\"'<>}]+)")
_GENERIC = re.compile(r"(?<![\w-])(sans-serif|system-ui|monospace|serif)(?![\w-])")
_ROOT = re.compile(r"<svg\b(?![^>]*\bfont-family)")


def lay_out(theme: Path, place: Path, program: str = "") -> str:
    """Bring the templates of `theme` to `place`, where they are not there yet; a key of what they and the program are."""
    source = theme / "print"
    key = digest(digest_tree(source), program)
    mark = place / _MARK
    if not mark.is_file() or mark.read_text(encoding="utf-8") != key:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(source, place)
        mark.write_text(key, encoding="utf-8")
    (place / "pictures").mkdir(exist_ok=True)
    return key


def stage_picture(raw: bytes, name: str, place: Path) -> str:
    """Put a picture into the stage; its name there. Lettering of drawings gets the fonts that documents have."""
    kind = name.rpartition(".")[2].lower()
    staged = f"{digest(raw)[:20]}.{'jpg' if kind == 'jpeg' else kind}"
    target = place / "pictures" / staged
    if not target.is_file():
        write_atomic(target, _lettered(raw) if kind == "svg" else raw)
    return staged


def _lettered(raw: bytes) -> bytes:
    """A drawing whose font families are ones that the press has."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw

    def known(match: re.Match[str]) -> str:
        families = _GENERIC.sub(lambda m: _FAMILIES[m[1]], match[2])
        return f"{match[1]}{families}"

    text = _FONT.sub(known, text)
    return _ROOT.sub('<svg font-family="Schibsted Grotesk"', text, count=1).encode()
