"""Rule about things to do in a text: a question can be answered, and every choice says why."""

from __future__ import annotations

from kurskatalog.check.walk import Walk
from kurskatalog.problems import Message
from kurskatalog.source.markup.exercises import Exercise

_WRITE_CHOICES = Message("write a list below the question: - [ ] for a wrong answer, - [x] for a right one")


def check_exercises(exercises: tuple[Exercise, ...], walk: Walk) -> None:
    """K414: a quiz has two choices or more, one of them right, and an explanation below each; the other boxes are not empty.

    A learner who answers wrongly, and one who guesses right, learns from the explanation; a question with nothing to choose from
    or without a right answer cannot be answered at all.
    """
    for exercise in exercises:
        walk.line = exercise.line
        if exercise.is_inside:
            hint = Message("put them one after the other")
            walk.problem("K414", exercise.kind, Message("a thing to do stands inside another one"), hint)
        elif exercise.kind == "quiz":
            _quiz(exercise, walk)
        elif exercise.is_empty and exercise.kind == "reflection":
            hint = Message("write a model answer, indented by four blanks, below the question")
            walk.problem("K414", exercise.kind, Message("the reflection has no model answer"), hint)
        elif exercise.is_empty:
            hint = Message("write a list below the title: - [ ] what is to be done")
            walk.problem("K414", exercise.kind, Message("the checklist has nothing to tick"), hint)


def _quiz(quiz: Exercise, walk: Walk) -> None:
    if quiz.is_empty:
        walk.problem("K414", quiz.kind, Message("the quiz has no choices"), _WRITE_CHOICES)
        return
    if len(quiz.choices) < 2:
        walk.problem("K414", quiz.kind, Message("the quiz has only one choice"), _WRITE_CHOICES)
    elif not quiz.right:
        hint = Message("tick the right answer: - [x]")
        walk.problem("K414", quiz.kind, Message("no answer of the quiz is right"), hint)
    for line in quiz.unboxed:
        walk.line = line
        walk.problem("K414", walk.find("- "), Message("the choice has no box"), Message("begin it with - [ ] or - [x]"))
    for line in quiz.unexplained:
        walk.line = line
        hint = Message("say why on the next line, indented: > Yes, because ...")
        walk.problem("K414", walk.find("- "), Message("the choice has no explanation"), hint)
