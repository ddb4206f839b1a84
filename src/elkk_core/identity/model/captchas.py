"""What a visitor answers to «Я не робот», and what became of the answer."""

from datetime import datetime

from attrs import field, frozen

from elkk_core.shared import validators


@frozen(kw_only=True)
class CaptchaAnswer:
    """What came with a form: a *solution* by the browser, or a person's *reply* to a *question*.

    *visitor* is the network address that it came from.
    """

    solution: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    reply: str = ""
    visitor: str = ""


@frozen(kw_only=True)
class CaptchaVerdict:
    """What became of an answer to the challenge *key*, which is heard once until *expires_at*.

    An *effortless* answer is one that costs a program nothing: such answers are counted by visitor.
    """

    key: str = field(validator=validators.not_blank)
    passed: bool
    effortless: bool
    expires_at: datetime = field(validator=validators.aware)
