"""What support tells the outside."""

from typing import ClassVar

from attrs import frozen

from elkk_core.shared.events import DomainEvent


@frozen(kw_only=True)
class RequestAnswered(DomainEvent):
    """The supplier has answered the request *number*; a letter to *email* says so.

    The answer itself stays in the cabinet: mail is read by others too. *request* is the identifier
    of the request, by which the letter leads to it after sign-in.
    """

    kind: ClassVar[str] = "support.request_answered"
    email: str
    given_name: str
    number: str
    request: str
    supplier: str
    language: str
