"""Model -> what a page shows: plain frozen data, one builder a kind of page; templates compute nothing."""

from kurskatalog.view.pages import Page
from kurskatalog.view.site import SiteView, build_site

__all__ = ["Page", "SiteView", "build_site"]
