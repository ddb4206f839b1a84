"""What commands refuse, beyond what the application refuses."""

from typing import ClassVar

from attrs import define

from elkk_core.shared import Rejected, Unavailable


@define
class PortTaken(Unavailable):
    """Another program listens on this port; *other* may be free."""

    code: ClassVar[str] = "cli.port_taken"
    host: str
    port: int
    other: int


@define
class AddressUnusable(Rejected):
    """This machine cannot listen on *host*."""

    code: ClassVar[str] = "cli.address_unusable"
    host: str


@define
class HostNotLoopback(Rejected):
    """The demo was asked to listen on an address that others can reach."""

    code: ClassVar[str] = "cli.host_not_loopback"
    host: str


@define
class FolderNotDemo(Rejected):
    """A folder holds files that no demo has put there."""

    code: ClassVar[str] = "cli.folder_not_demo"
    folder: str


@define
class FolderUnusable(Rejected):
    """A folder cannot be made, or written to."""

    code: ClassVar[str] = "cli.folder_unusable"
    folder: str


@define
class WorkersUseless(Rejected):
    """A run was to be shared among workers on SQLite, where one process writes at a time."""

    code: ClassVar[str] = "cli.workers_useless"


@define
class BillingPartsFailed(Unavailable):
    """Some *parts* of a run were given up, for reasons that the workers have logged."""

    code: ClassVar[str] = "cli.billing_parts_failed"
    parts: int


@define
class DemoRunning(Unavailable):
    """Another process runs the demo of this folder."""

    code: ClassVar[str] = "cli.demo_running"
    folder: str


@define
class MessageNotSent(Unavailable):
    """A message that the demo waited for was not delivered in time."""

    code: ClassVar[str] = "cli.message_not_sent"


@define
class InterfaceMissing(Unavailable):
    """The pages of the cabinet are not installed."""

    code: ClassVar[str] = "cli.interface_missing"


@define
class CommandFailed(Unavailable):
    """Something happened that nobody foresaw; *traceback* is the file that tells all of it."""

    code: ClassVar[str] = "cli.failed"
    summary: str
    traceback: str


# What calculators are given


@define
class JsonMalformed(Rejected):
    """A text is not JSON from *line* and *column* on, both from one."""

    code: ClassVar[str] = "cli.json_malformed"
    line: int
    column: int


@define
class JsonTypeWrong(Rejected):
    """A value is of another type than *expected*, which is named as JSON names it."""

    code: ClassVar[str] = "cli.json_type_wrong"
    expected: str


@define
class KeyUnknown(Rejected):
    """An object has a key that means nothing; *known* names those that do."""

    code: ClassVar[str] = "cli.key_unknown"
    known: str


@define
class KeyRepeated(Rejected):
    """An object has the same *key* twice."""

    code: ClassVar[str] = "cli.key_repeated"
    key: str


@define
class ChoiceUnknown(Rejected):
    """A text is none of those to choose from."""

    code: ClassVar[str] = "cli.choice_unknown"
    text: str
    choices: str


@define
class NumberTooSmall(Rejected):
    """A whole number is below the *least* that makes sense."""

    code: ClassVar[str] = "cli.number_too_small"
    least: int


@define
class LengthWrong(Rejected):
    """An array has not the *length* that it should."""

    code: ClassVar[str] = "cli.length_wrong"
    length: int


@define
class Base64Malformed(Rejected):
    """A text is not Base64."""

    code: ClassVar[str] = "cli.base64_malformed"


@define
class OneExpected(Rejected):
    """Just one of some keys must be given."""

    code: ClassVar[str] = "cli.one_expected"
    keys: str
