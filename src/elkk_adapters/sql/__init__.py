"""Rows: SQLite and PostgreSQL by the same code.

``Database`` opens one and holds all that other rooms need of it: units of work, queries, readiness
and upgrades.
"""

from elkk_adapters.sql.database import Database
from elkk_adapters.sql.readiness import SqlReadiness
from elkk_adapters.sql.repositories.shared import EventQueue
from elkk_adapters.sql.sent_messages import SqlSentMessages
from elkk_adapters.sql.unit_of_work import SqlUnitOfWork

__all__ = [
    "Database",
    "EventQueue",
    "SqlReadiness",
    "SqlSentMessages",
    "SqlUnitOfWork",
]
