"""No page of the shipped catalogue leaves an abbreviation unexplained."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from selectolax.lexbor import LexborHTMLParser
from shipped import catalogue, html_of
from small import HOME, TODAY

from kurskatalog.output.docs.render import render_documents
from kurskatalog.view import build_site

WORDS = {
    "PC", "PDF", "USB", "QR", "IP",  # said as they are written, by people who do not know what they once stood for
    "CC", "BY", "EUPL",  # parts of the names of licences
    "R0", "TV", "OK", "NOK",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_abbreviation_is_explained_where_it_is_used(lang: str) -> None:
    left = defaultdict(list)
    site = build_site(catalogue(), lang, TODAY, "0")
    for document in render_documents(site, site.pages, html_of, HOME / "theme"):
        page = LexborHTMLParser(document.text.split("---", 2)[2])
        explained = {found.text() for found in page.css("abbr")}
        for part in page.css("code, pre, script, style, svg"):
            part.decompose()
        text = page.text(separator=" ")
        for name in set(re.findall(r"(?<![\w/-])[A-ZÆØÅ]{2,6}(?:-F)?(?!\w|-\d)", text)) - explained - WORDS:
            if not re.search(rf"\(\s*{name}\s*[),]|{name}\s*\([a-zæøå]{{3,}}", text):
                left[name].append(document.path)
    assert dict(left) == {}
