"""A clue as a sheet to fill in, and back."""

from __future__ import annotations

from data.errors import Invalid
from data.quiz.rules import Clue
from screens.form import Field, Values

LISTED = ("alternatives", "key_terms", "figures", "choices")


def clue_fields(clue: Clue) -> list[Field]:
    """A clue's fields, for the sheet."""
    bar = "several: a | between them"
    ordered = (("no", "in any order"), ("yes", "in this order only"))
    return [
        Field("category", "Category", clue.category),
        Field("value", "Value", str(clue.value)),
        Field("text", "Clue", clue.text.replace("\n", " ")),
        Field("answer", "Answer", clue.answer, long=True),
        Field("alternatives", "Also right", " | ".join(clue.alternatives), bar),
        Field("key_terms", "Key terms", "; ".join(clue.key_terms), "a ; between them, a | between words for one"),
        Field("ordered", "Order", "yes" if clue.ordered else "no", options=ordered),
        Field("figures", "Figures", " | ".join(clue.figures), "that must match; empty: those of the answer"),
        Field("choices", "Wrong choices", " | ".join(clue.choices), bar),
        Field("explanation", "Explanation", clue.explanation.replace("\n", " ")),
        Field("article", "Article", clue.article, "its short name"),
        Field("flags", "To mend", " | ".join(clue.flags), "empty it when it is mended"),
    ]


def clue_from(values: Values, before: Clue) -> Clue:
    """The clue that the sheet's fields make of the one `before`. Raises Invalid for a value that is no number."""
    value = values["value"].strip()
    if not (value.isascii() and value.isdecimal()):
        raise Invalid({"value": "The value is a whole number, such as 200."}, "")
    lists = {name: _several(values[name], "|") for name in LISTED}
    kept = {name: values[name] for name in ("text", "explanation")}
    for name, text in kept.items():
        was: str = getattr(before, name)
        kept[name] = was if was.replace("\n", " ") == text else text
    return Clue(
        category=values["category"],
        value=int(value),
        answer=values["answer"],
        ordered=values["ordered"] == "yes",
        article=values["article"],
        alternatives=lists["alternatives"],
        key_terms=_several(values["key_terms"], ";"),
        figures=lists["figures"],
        choices=lists["choices"],
        flags=_several(values["flags"], "|"),
        **kept,
    )


def _several(text: str, sign: str) -> tuple[str, ...]:
    return tuple(one for part in text.split(sign) if (one := part.strip()))
