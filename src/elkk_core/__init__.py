"""The core of elkk: what a customer cabinet of an energy supplier knows and decides.

Each package is a bounded context with the same file names inside; its ``__init__`` is its table
of contents. Importing any of them needs ``attrs`` and nothing else.

* ``shared`` - money, months, zones, identifiers, error kinds;
* ``identity`` - users, one-time codes, sessions, consent;
* ``accounts`` - suppliers, personal accounts and who may see them;
* ``tariffs`` - published rates by category, zone and date;
* ``metering`` - meters, readings, the submission window;
* ``billing`` - invoices, the ledger, the billing run;
* ``testing`` - memory adapters, builders, strategies and contract suites (needs ``elkk[testing]``).
"""
