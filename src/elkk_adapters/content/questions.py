"""Questions and answers, a file of Markdown for each category and language.

The file begins with the title of the category after one ``#``; a question stands after two, and what
follows it is the answer.
"""

import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from elkk_adapters.content import errors
from elkk_adapters.content.faults import ContentFaults
from elkk_adapters.markdown import unshown
from elkk_core.support import FaqCategory, Question, Wording

_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<title>\S.*?)[ \t#]*")


@frozen(kw_only=True)
class _Section:
    """A heading with what follows it, or what stands before the first heading."""

    line: int
    marks: str
    title: str
    body: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.body).strip()


def _sections(text: str) -> Iterator[_Section]:
    section = _Section(line=0, marks="", title="", body=[])
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            section.body.append(line)
        else:
            yield section
            section = _Section(line=number, body=[], **heading.groupdict())
    yield section


@frozen(kw_only=True)
class _Told:
    """A question and its answer in one language."""

    question: str
    answer: str


@frozen(kw_only=True)
class QuestionFile:
    """A category in one language."""

    title: str
    told: tuple[_Told, ...]


def read_questions(text: str, *, file: str, faults: ContentFaults) -> QuestionFile:
    """Return what *text* tells; what is wrong with it becomes *faults* of *file*."""
    before, *sections = _sections(text)
    if before.text or not sections or sections[0].marks != "#":
        faults.add(file, 1, errors.TitleMissing())
        return QuestionFile(title="", told=())
    title, *questions = sections
    if title.text or not questions:
        faults.add(file, title.line, errors.QuestionMissing())
    return QuestionFile(
        title=title.title,
        told=tuple(_told(section, file, faults) for section in questions),
    )


def _told(section: _Section, file: str, faults: ContentFaults) -> _Told:
    if section.marks != "##":
        faults.add(file, section.line, errors.MarkupForbidden(section.marks))
    if not section.text:
        faults.add(file, section.line, errors.AnswerMissing())
    for line, markup in unshown("\n".join(section.body)):
        faults.add(file, section.line + line, errors.MarkupForbidden(markup))
    return _Told(question=section.title, answer=section.text)


def together(
    files: Mapping[str, QuestionFile], *, names: Mapping[str, str], faults: ContentFaults
) -> FaqCategory | None:
    """Return a category of its *files* by language; None where they are not all right."""
    russian, english = files["ru"], files.get("en")
    if english is None:
        translated = ("",) * len(russian.told), ("",) * len(russian.told)
    elif len(english.told) == len(russian.told):
        translated = (
            tuple(one.question for one in english.told),
            tuple(one.answer for one in english.told),
        )
    else:
        error = errors.QuestionsMiscounted(len(russian.told), len(english.told))
        faults.add(names["en"], 1, error)
    if faults:
        return None
    return FaqCategory(
        title=Wording(ru=russian.title, en=english.title if english else ""),
        questions=tuple(
            Question(
                title=Wording(ru=one.question, en=question),
                answer=Wording(ru=one.answer, en=answer),
            )
            for one, question, answer in zip(russian.told, *translated, strict=True)
        ),
    )
