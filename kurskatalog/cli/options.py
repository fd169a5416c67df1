"""What the commands share: the project, the day, the number of processes, the language of messages."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.project import Project
from kurskatalog.words import Words


@dataclass(frozen=True, kw_only=True)
class Options:
    """Frozen options of one run."""

    project: Project
    today: dt.date
    jobs: int
    words: Words

    @classmethod
    def of(cls, args: argparse.Namespace, root: Path) -> Options:
        """From parsed arguments; `--out` is relative to where the command is given, `site` lies in the root."""
        out = Path(args.out).absolute() if getattr(args, "out", None) else root / "site"
        return cls(project=Project(root=root, out=out), today=args.today, jobs=args.jobs, words=Words(args.lang))
