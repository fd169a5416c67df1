"""`codeowners`: write .github/CODEOWNERS from the owners that providers name."""

from __future__ import annotations

import sys

from kurskatalog.check.owners import CODEOWNERS, owner_lines, with_owners
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage
from kurskatalog.files import write_atomic
from kurskatalog.problems import Message
from kurskatalog.report import render_problems
from kurskatalog.source.text import Unreadable, read_text

FINE, WRONG_CONTENT = 0, 1


def run_codeowners(options: Options) -> int:
    """Write the file where it says something else; 1 when the catalogue has errors, because owners may be missing then."""
    from kurskatalog.pipeline.load import load  # other commands do without it

    loaded = load(options.project, today=options.today, jobs=options.jobs)
    say = options.words.say
    if loaded.catalogue is None:
        errors = [p for p in loaded.problems if p.severity == "error"]
        print(render_problems(errors, "text", options.words))
        print(say(Message("Nothing was written: the catalogue has errors.")), file=sys.stderr)
        return WRONG_CONTENT
    providers = {ident: provider.facts for ident, provider in loaded.catalogue.providers.items()}
    path = options.project.root / CODEOWNERS
    try:
        old = read_text(path, CODEOWNERS) if path.exists() or path.is_symlink() else ""
        new = with_owners(old, providers)
        if new != old:
            write_atomic(path, new)
            print(CODEOWNERS)
    except Unreadable as error:
        raise WrongUsage(error.problem.message) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise WrongUsage(Message("{path} cannot be written: {why}", path=CODEOWNERS, why=why)) from None
    if not owner_lines(providers):
        print(say(Message("No provider names owners; 'owners:' in provider.yml does.")), file=sys.stderr)
    elif new == old:
        print(say(Message("Everything is fine.")), file=sys.stderr)
    return FINE
