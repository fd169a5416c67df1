"""`new` on a terminal: asks what it needs to know, with choices to take by number, name or code."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kurskatalog.check.files import better_id
from kurskatalog.cli.known import Known, is_id, read_known
from kurskatalog.cli.new import Given
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage
from kurskatalog.model.fields import FIELDS, VOCABULARIES
from kurskatalog.problems import Message
from kurskatalog.words import Words

KINDS: Mapping[str, Message] = {
    "module": Message("a module: a text to learn from"),
    "course": Message("a course that somebody gives"),
    "provider": Message("a provider of courses or modules"),
    "plan": Message("a competence plan for a role"),
    "need": Message("a competence need that somebody has stated"),
}
_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "module": ("summary", "level", "themes"),
    "course": ("summary", "level", "themes"),
    "provider": ("type",),
    "plan": ("role", "summary", "themes"),
    "need": ("statement", "themes"),
}
"""What is asked of each kind, after its title and its id."""

_LONGEST: Mapping[str, int] = {"title": 120, "summary": 300, "statement": 300, "role": 120}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person wants to have made."""

    kind: str
    ident: str
    given: Given


def on_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_new(options: Options, kind: str = "") -> Answers:
    """Ask for everything that a new file needs. Raises WrongUsage when there are no answers any more."""
    asking = Asking(options.words, read_known(options.project), str(options.project.root))
    try:
        return asking.everything(kind)
    except (EOFError, KeyboardInterrupt):
        print()
        raise WrongUsage(Message("nothing was made")) from None


class Asking:
    """One conversation. An answer that cannot be used is said so, and the question is asked again."""

    def __init__(self, words: Words, known: Known, root: str) -> None:
        self.root = root
        self.words = words
        self.known = known

    def everything(self, kind: str) -> Answers:
        """From the kind of the file to the codes in it."""
        say = self.words.say
        if not self.known.has_settings:
            raise WrongUsage(Message("{root} has no catalogue.yml; --root names another folder", root=self.root))
        if not kind:
            kind = self.choose(say(Message("What do you want to make?")), {k: say(name) for k, name in KINDS.items()})
        provider = ""
        if kind in ("course", "module"):
            ids = sorted(self.known.ids.get("provider", ()))
            if not ids:
                raise WrongUsage(Message("there is no provider yet; make one first: kurskatalog new provider"))
            provider = self.choose(say(Message("Whose is it?")), {ident: ident for ident in ids}) + "/"
        title = self.text("provider.name" if kind == "provider" else f"{kind}.title", needed=True)
        ident = self.ident(kind, provider, better_id(title))
        return Answers(kind, provider + ident, {"title": title, **self.rest(kind)})

    def rest(self, kind: str) -> dict[str, str | list[str]]:
        """The answers that may be left for later."""
        found: dict[str, str | list[str]] = {}
        for name in _QUESTIONS[kind]:
            field = f"{kind}.{name}"
            if field not in VOCABULARIES:
                found[name] = self.text(field)
                continue
            terms = self.known.terms.get(VOCABULARIES[field], {})
            if name == "themes":
                found[name] = self.several(FIELDS[kind][name], terms)
            else:
                found[name] = self.choose(FIELDS[kind][name], terms, needed=False)
        return found

    def text(self, field: str, *, needed: bool = False) -> str:
        """A text in one line, not longer than its field may be; empty when it is left for later."""
        record, name = field.split(".")
        most = _LONGEST.get(name, 120)
        while True:
            answer = self.read(FIELDS[record][name], later=not needed)
            if len(answer) > most:
                self.tell(Message("That is {number} characters; {most} is the most.", number=len(answer), most=most))
            elif answer or not needed:
                return answer

    def ident(self, kind: str, provider: str, better: str) -> str:
        """The name in addresses: made from the title, or another one."""
        while True:
            prompt = self.words.say(Message("Name in addresses, which is never changed again [{name}]", name=better))
            answer = self.read(prompt) or better
            if not is_id(answer):
                self.tell(Message("That is no name in addresses: a-z, 0-9 and hyphens."))
            elif self.known.has(kind, provider + answer):
                self.tell(Message("There is one already: {name}", name=provider + answer))
            else:
                return answer

    def choose(self, question: str, choices: Mapping[str, str], *, needed: bool = True) -> str:
        """One of the choices."""
        self.show(question, choices)
        while True:
            answer = self.read(self.words.say(Message("Number or name")), later=not needed)
            if not answer and not needed:
                return ""
            found = pick(answer, choices)
            if found:
                return found
            self.tell(Message("'{answer}' is none of them.", answer=answer))

    def several(self, question: str, choices: Mapping[str, str]) -> list[str]:
        """Some of the choices, in the order in which they were named."""
        self.show(question, choices)
        while True:
            answer = self.read(self.words.say(Message("Numbers or names, with commas between")), later=True)
            parts = [part.strip() for part in answer.split(",") if part.strip()]
            found = [pick(part, choices) for part in parts]
            if all(found):
                return list(dict.fromkeys(found))
            self.tell(Message("'{answer}' is none of them.", answer=parts[found.index("")]))

    def show(self, question: str, choices: Mapping[str, str]) -> None:
        """The question, and the choices with their numbers."""
        print(f"\n{question}")
        for number, (code, name) in enumerate(choices.items(), 1):
            print(f"  {number:>2}  {name}" if name == code else f"  {number:>2}  {name} ({code})")

    def read(self, prompt: str, *, later: bool = False) -> str:
        """One line of what a person answers."""
        may_wait = self.words.say(Message("(Enter: later)"))
        return " ".join(input(f"{prompt} {may_wait}: " if later else f"{prompt}: ").split())

    def tell(self, message: Message) -> None:
        """Say what is wrong with an answer."""
        print(f"  {self.words.say(message)}")


def pick(answer: str, choices: Mapping[str, str]) -> str:
    """The code that an answer means: its number, the code, the name, or the only name that begins so; else nothing."""
    codes: Sequence[str] = list(choices)
    said = answer.casefold()
    if answer in choices:
        return answer
    if answer.isdecimal() and 1 <= int(answer) <= len(codes):
        return codes[int(answer) - 1]
    named = [code for code, name in choices.items() if said == name.casefold()]
    named = named or [code for code, name in choices.items() if said and name.casefold().startswith(said)]
    return named[0] if len(named) == 1 else ""
