"""Reading a folder of content as a whole."""

import re
from pathlib import Path

from elkk_adapters.content import errors
from elkk_adapters.content.documents import read_offices, read_services
from elkk_adapters.content.faults import ContentFaults
from elkk_adapters.content.questions import QuestionFile, read_questions, together
from elkk_core.support import Content, FaqCategory

_SERVICES, _OFFICES, _FAQ = "services.yaml", "offices.yaml", "faq"
_QUESTIONS = re.compile(r"(?P<name>.+)\.(?P<language>ru|en)\.md")
_KNOWN = f"{_FAQ}/*.ru.md, {_FAQ}/*.en.md, {_SERVICES}, {_OFFICES}"


def read_content(folder: Path) -> Content:
    """Return what a folder tells of questions, services and offices.

    Categories come in the order of the names of their files. Files that begin with a dot and those
    named README.md are left aside; a part that is not there is empty.

    Raises:
        ContentRejected: If anything is wrong; every fault is listed.
    """
    faults = ContentFaults()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not _is_known(name) and not path.name.startswith("."):
            faults.add(name, 1, errors.ExtraFile(_KNOWN))
    faq = _faq(folder, faults)
    services = read_services(_text(folder, _SERVICES, faults), name=_SERVICES, faults=faults)
    offices = read_offices(_text(folder, _OFFICES, faults), name=_OFFICES, faults=faults)
    faults.refuse()
    return Content(faq=faq, services=services, offices=offices)


def _is_known(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if folder == _FAQ:
        return _QUESTIONS.fullmatch(file) is not None
    return folder == "" and file in {_SERVICES, _OFFICES, "README.md"}


def _text(folder: Path, name: str, faults: ContentFaults) -> str:
    path = folder / name
    if not path.is_file():
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        faults.add(name, 1, errors.NotUtf8())
        return ""


def _faq(folder: Path, faults: ContentFaults) -> tuple[FaqCategory, ...]:
    files: dict[str, dict[str, str]] = {}
    for path in sorted((folder / _FAQ).glob("*.md")):
        match = _QUESTIONS.fullmatch(path.name)
        if match is not None:
            files.setdefault(match["name"], {})[match["language"]] = f"{_FAQ}/{path.name}"
    categories = []
    for name, names in files.items():
        if "ru" not in names:
            faults.add(names["en"], 1, errors.RussianMissing(f"{_FAQ}/{name}.ru.md"))
            continue
        read: dict[str, QuestionFile] = {
            language: read_questions(_text(folder, file, faults), file=file, faults=faults)
            for language, file in names.items()
        }
        categories.append(together(read, names=names, faults=faults))
    return tuple(category for category in categories if category is not None)
