"""The headers that hosts are given: strict, the same in both forms, and nothing that a page could not live with."""

from __future__ import annotations

import re

from kurskatalog.output.site.headers import POLICY, headers, headers_file, nginx_snippet

ADDRESS = "https://katalog.example/"


def test_scripts_and_styles_come_from_the_site_only() -> None:
    assert "'unsafe-inline'" not in {value for values in POLICY.values() for value in values}
    assert "'unsafe-eval'" not in {value for values in POLICY.values() for value in values}
    assert POLICY["default-src"] == ("'none'",)
    assert POLICY["script-src"][0] == "'self'"
    assert not [value for values in POLICY.values() for value in values if "//" in value or "*" in value]


def test_both_forms_say_the_same() -> None:
    wanted = headers(ADDRESS)
    path, *lines = headers_file(ADDRESS).splitlines()
    assert path == "/*"
    assert dict(line.strip().split(": ", 1) for line in lines) == wanted
    found = re.findall(r'^add_header ([\w-]+) "([^"]*)" always;$', nginx_snippet(ADDRESS), re.MULTILINE)
    assert dict(found) == wanted


def test_only_a_site_with_https_asks_for_it() -> None:
    assert "Strict-Transport-Security" in headers(ADDRESS)
    assert "Strict-Transport-Security" not in headers("http://katalog.example/")
