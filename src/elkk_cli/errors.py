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
