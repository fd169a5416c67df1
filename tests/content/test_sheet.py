"""A plan prints on one sheet of A4, with room for what an employee and a manager agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shipped import catalogue
from html_page import parse
from served import Served
from small import HOME, Small

PLANS = sorted(path.stem for path in HOME.glob("content/plans/*.yml"))
A4 = (595, 842)


@pytest.fixture(scope="module")
def address(own: Small) -> Iterator[str]:
    """The site over HTTP on this machine."""
    served = Served(own.out)
    yield served.address
    served.end()


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Any]:
    """A window, in which one page is opened after the other."""
    page = browser.new_page()
    yield page
    page.close()


def pages(pdf: bytes) -> list[tuple[int, int]]:
    """The size of every page in points."""
    boxes = [
        re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", page)
        for page in re.findall(rb"/Type\s*/Page\b(?!s).*?endobj", pdf, re.DOTALL)
    ]
    return [(round(float(width)), round(float(height))) for width, height in (box.groups() for box in boxes if box)]


@pytest.mark.xdist_group("sheet")
@pytest.mark.parametrize(
    ("lang", "plan"),
    [("", plan) for plan in PLANS] + [(lang, "mellomleder-i-offentlig-sektor") for lang in ("nn/", "en/")],
)
def test_a_plan_prints_on_one_sheet(reader: Any, address: str, lang: str, plan: str) -> None:
    reader.goto(f"{address}{lang}planer/{plan}/")
    assert pages(reader.pdf(prefer_css_page_size=True)) == [A4]


@pytest.mark.xdist_group("sheet")
def test_the_sheet_has_room_for_what_is_agreed(own: Small) -> None:
    for plan in PLANS:
        page = parse(own.html(f"planer/{plan}"))
        steps = len(catalogue().plans[plan].facts.steps)
        assert len(page.all("span", class_="kk-agree")) == steps
        assert [li["value"] for li in page.all("li") if "value" in li.attributes] == [
            li["data-number"] for li in page.all("li") if "data-number" in li.attributes
        ]
        assert len(page.all("dl", class_="kk-talk")) == 1


@pytest.mark.xdist_group("sheet")
def test_every_need_of_the_catalogue_is_on_its_page(own: Small) -> None:
    page = parse(own.html("behov"))
    needs = page.all("article", class_="kk-need")
    assert {need["id"] for need in needs} == {f"behov-{ident}" for ident in catalogue().needs}
    unmet = [need for need in needs if need.all("div", class_="kk-notmet")]
    listed = page.one("ul", class_="kk-plainlist").all("a")
    assert {f"#{need['id']}" for need in unmet} == {"#" + a["href"].partition("#")[2] for a in listed}
