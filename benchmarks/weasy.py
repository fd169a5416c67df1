"""HTML files to PDFs with WeasyPrint, in its own environment, for benchmarks/pdf.py: `python weasy.py FILE.html ...`."""

from __future__ import annotations

import sys
from pathlib import Path

from weasyprint import HTML


def main() -> None:
    """Each file becomes a PDF/UA-1 beside it, as our own are."""
    for name in sys.argv[1:]:
        path = Path(name)
        HTML(filename=str(path)).write_pdf(str(path.with_suffix(".pdf")), pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    main()
