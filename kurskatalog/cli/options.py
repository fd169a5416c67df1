"""What the commands share: the project, the day, the number of processes, the language of messages."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from dataclasses import dataclass, replace
from pathlib import Path

from kurskatalog.project import Project
from kurskatalog.words import Words


@dataclass(frozen=True, kw_only=True)
class Options:
    """Frozen options of one run. `day_is_fixed` when the day was named, so that it stays the same past midnight."""

    project: Project
    today: dt.date
    jobs: int
    words: Words
    day_is_fixed: bool = True

    @classmethod
    def of(cls, args: argparse.Namespace, root: Path) -> Options:
        """From parsed arguments; `--out` is relative to where the command is given, `site` lies in the root."""
        out = Path(args.out).absolute() if getattr(args, "out", None) else root / "site"
        return cls(
            project=Project(root=root, out=out),
            today=args.today or local_day(),
            jobs=args.jobs or os.cpu_count() or 1,
            words=Words(args.lang),
            day_is_fixed=args.today is not None,
        )

    def renewed(self) -> Options:
        """The same for a build that is made later: on that day, unless one was named."""
        return self if self.day_is_fixed else replace(self, today=local_day())


def local_day() -> dt.date:
    """The day on this machine's calendar."""
    return dt.datetime.now().astimezone().date()
