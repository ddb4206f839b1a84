"""What is wrong with a folder of content."""

from typing import ClassVar

from attrs import define, frozen

from elkk_core.shared import ElkkError, Rejected


@frozen(kw_only=True)
class ContentFault:
    """One thing that is wrong: in *file*, named from the folder on, on *line*, counted from 1."""

    file: str
    line: int
    error: ElkkError


@define
class ContentRejected(Rejected):
    """A folder has one or more faults and was refused as a whole; every one of them is listed."""

    code: ClassVar[str] = "content.rejected"
    faults: tuple[ContentFault, ...]


# Files


@define
class ExtraFile(Rejected):
    """Nothing is known of a file of this name; *known* are the names that are read."""

    code: ClassVar[str] = "content.extra_file"
    known: str


@define
class RussianMissing(Rejected):
    """A translation has no Russian text to stand beside, which would be in *file*."""

    code: ClassVar[str] = "content.russian_missing"
    file: str


@define
class NotUtf8(Rejected):
    """A file is not text in UTF-8."""

    code: ClassVar[str] = "content.not_utf8"


# Markdown


@define
class TitleMissing(Rejected):
    """A file of questions does not begin with the title of its category."""

    code: ClassVar[str] = "content.title_missing"


@define
class QuestionMissing(Rejected):
    """A text stands before the first question, or there is no question at all."""

    code: ClassVar[str] = "content.question_missing"


@define
class AnswerMissing(Rejected):
    """A question has no answer."""

    code: ClassVar[str] = "content.answer_missing"


@define
class MarkupForbidden(Rejected):
    """An answer holds *markup* that is not shown."""

    code: ClassVar[str] = "content.markup_forbidden"
    markup: str


@define
class QuestionsMiscounted(Rejected):
    """A translation has *found* questions, and the Russian file *expected*."""

    code: ClassVar[str] = "content.questions_miscounted"
    expected: int
    found: int


# YAML


@define
class YamlMalformed(Rejected):
    """A file is no YAML, for the reason that *problem* names."""

    code: ClassVar[str] = "content.yaml_malformed"
    problem: str


@define
class YamlShapeWrong(Rejected):
    """Something else stands where *expected* should: a list, a mapping or a text."""

    code: ClassVar[str] = "content.yaml_shape_wrong"
    expected: str


@define
class KeyNotKnown(Rejected):
    """A *key* means nothing here; *known* are those that do."""

    code: ClassVar[str] = "content.key_not_known"
    key: str
    known: str


@define
class KeyMissing(Rejected):
    """A *key* is missing."""

    code: ClassVar[str] = "content.key_missing"
    key: str


@define
class CodeRepeated(Rejected):
    """A service has the code of the one on line *first*."""

    code: ClassVar[str] = "content.code_repeated"
    first: int
