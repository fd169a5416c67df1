"""Pages of every kind of document as pictures, beside those that somebody has looked at (`--renew` makes them anew)."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import Paper
from PIL import Image, ImageChops, ImageFilter

GOLDEN = Path(__file__).parent / "pages"
SCALE = 0.7  # 50 dots an inch: where every line and table stands, in few bytes
SHADES = 16
PAGES = {
    "pdf/moduler/redaksjonen/alt.pdf": (1, 2, 3, 4, 5),
    "nn/pdf/moduler/redaksjonen/trender.pdf": (1,),
    "pdf/kurs/redaksjonen/maling.pdf": (1, 2),
    "pdf/kurs/skolen/energi.pdf": (1,),
    "pdf/tilbydere/skolen.pdf": (1, 2),
    "en/pdf/tilbydere/skolen.pdf": (1,),
    "pdf/planer/operator.pdf": (1,),
    "pdf/nivaa/5.1.pdf": (1,),
    "pdf/katalog.pdf": (1, 2),
    "pdf/katalog-med-tekster.pdf": (1,),
}
MOST = 0.004
"""Share of a page that may look different: letters are drawn a little otherwise by another version of the drawing program."""


def drawn(paper: Paper, number: int) -> Image.Image:
    return paper.picture(number, SCALE).point(lambda shade: shade // SHADES * SHADES + SHADES // 2)


def different(one: Image.Image, two: Image.Image) -> float:
    """The share of the page where the two differ by much, letters blurred."""
    soft = [picture.convert("L").filter(ImageFilter.BoxBlur(1)) for picture in (one, two)]
    far = ImageChops.difference(*soft).point(lambda gap: 255 if gap > 40 else 0)
    return far.histogram()[255] / (far.width * far.height)


@pytest.mark.parametrize("name", PAGES)
def test_pages_look_as_they_did(
    papers: dict[str, Paper], name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    paper = papers[name]
    stem = name.removesuffix(".pdf").replace("pdf/", "").replace("/", "-")
    if request.config.getoption("renew"):
        GOLDEN.mkdir(exist_ok=True)
        for number in PAGES[name]:
            page = drawn(paper, number).quantize(SHADES, dither=Image.Dither.NONE)
            page.save(GOLDEN / f"{stem}-{number}.png", optimize=True, bits=4)
    assert paper.pages >= max(PAGES[name])
    for number in PAGES[name]:
        golden, now = Image.open(GOLDEN / f"{stem}-{number}.png"), drawn(paper, number)
        assert golden.size == now.size
        if (share := different(golden, now)) > MOST:
            now.save(tmp_path / "now.png")
            pytest.fail(
                f"page {number} differs in {share:.1%}: see {tmp_path}/now.png; if it is meant: pytest --renew {__file__}"
            )


def test_a_moved_line_is_noticed() -> None:
    page = Image.open(GOLDEN / "moduler-redaksjonen-alt-1.png").convert("L")
    moved = ImageChops.offset(page, 0, 4)
    assert different(page, moved) > 5 * MOST
    assert different(page, page) == 0
