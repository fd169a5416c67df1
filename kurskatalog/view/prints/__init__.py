"""What the printed documents show: a title block and parts in reading order, made of the same data as the site's pages."""

from kurskatalog.view.prints.documents import build_prints
from kurskatalog.view.prints.links import Finished, link_files
from kurskatalog.view.prints.shapes import PrintView, labels

__all__ = ["Finished", "PrintView", "build_prints", "labels", "link_files"]
