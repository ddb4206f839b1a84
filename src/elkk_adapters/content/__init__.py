"""What a supplier publishes, read from a folder of Markdown and YAML."""

from elkk_adapters.content.errors import (
    AnswerMissing,
    CodeRepeated,
    ContentFault,
    ContentRejected,
    ExtraFile,
    KeyMissing,
    KeyNotKnown,
    MarkupForbidden,
    NotUtf8,
    QuestionMissing,
    QuestionsMiscounted,
    RussianMissing,
    TitleMissing,
    YamlMalformed,
    YamlShapeWrong,
)
from elkk_adapters.content.reading import read_content

__all__ = [
    "AnswerMissing",
    "CodeRepeated",
    "ContentFault",
    "ContentRejected",
    "ExtraFile",
    "KeyMissing",
    "KeyNotKnown",
    "MarkupForbidden",
    "NotUtf8",
    "QuestionMissing",
    "QuestionsMiscounted",
    "RussianMissing",
    "TitleMissing",
    "YamlMalformed",
    "YamlShapeWrong",
    "read_content",
]
