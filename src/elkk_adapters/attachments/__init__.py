"""Where the files lie that households attach to what they write."""

from elkk_adapters.attachments.folder import AttachmentFolder

__all__ = ["AttachmentFolder"]
