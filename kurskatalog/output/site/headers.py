"""Headers that a host sends with the site: a strict Content-Security-Policy and its kin, as `_headers` and for nginx."""

from __future__ import annotations

from collections.abc import Mapping

HEADERS_FILE = "_headers"
"""As Cloudflare Pages, Netlify and others read it from the site's root."""
NGINX_FILE = "_nginx.conf"
"""To be included in a `server` block: `include /path/to/site/_nginx.conf;`."""

# What a browser may fetch and run (CSP level 3). Pages have no inline scripts and no inline styles, so neither hashes nor
# nonces are needed; a part that needs more says so here and why.
POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),  # the theme's style sheet draws its icons with data: addresses
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
}


Policy = Mapping[str, tuple[str, ...]]
Headers = Mapping[str, str]
"""Header -> value."""


def policy(parts: Policy = POLICY) -> str:
    """The value of `Content-Security-Policy`."""
    return "; ".join(" ".join((name, *values)) for name, values in parts.items())


def headers(address: str) -> dict[str, str]:
    """Header -> value, for every file of a site at `address`."""
    found = {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if address.startswith("https://"):
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


def headers_file(address: str, folders: Mapping[str, Headers] | None = None) -> str:
    """The text of `_headers`. What a folder has of its own takes the place of the site's (`!` takes a header away first)."""
    common = headers(address)
    text = "/*\n" + "".join(f"  {name}: {value}\n" for name, value in common.items())
    for folder, own in (folders or {}).items():
        text += f"/{folder}/*\n" + "".join(f"  ! {name}\n" for name in own if name in common)
        text += "".join(f"  {name}: {value}\n" for name, value in own.items())
    return text


def nginx_snippet(address: str, folders: Mapping[str, Headers] | None = None) -> str:
    """The text of `_nginx.conf`. A `location` with an `add_header` of its own includes it again: nginx inherits none then."""
    common = headers(address)
    lines = _add_headers(common)
    lines.append(r"location ~ ^/_(headers|nginx\.conf)$ { return 404; }")
    for folder, own in (folders or {}).items():
        lines += [f"location ^~ /{folder}/ {{", *(f"  {line}" for line in _add_headers({**common, **own})), "}"]
    return "# Written by kurskatalog. In the server block: include <site>/_nginx.conf;\n" + "\n".join(lines) + "\n"


def _add_headers(found: Headers) -> list[str]:
    return [f'add_header {name} "{value}" always;' for name, value in found.items()]
