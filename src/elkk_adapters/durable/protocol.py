"""The names that the side that enqueues and the side that works must agree upon.

They are stored with every job, so a job written before an upgrade is found after it. A change to
any of them strands the jobs under way.
"""

import logging

APPLICATION = "elkk"
SCHEMA = "dbos"
QUEUE = "messages"
WORKFLOW = "elkk.deliver_message"
STEP = "elkk.hand_over"

# How long a message may wait before anybody looks at it.
POLLING_SECONDS = 0.2
# Jobs of one worker under way at once, those that pause between two attempts included.
CONCURRENCY = 50

# DBOS offers a job only to workers of the version that it was enqueued for. Ours is the version of
# the workflow's steps, not of the package: raised only when old jobs could not be replayed.
APPLICATION_VERSION = "1"

# A logger without any handler gets one of DBOS's own, which writes past our logging to the
# console. This one does nothing and lets the records travel to the root.
logging.getLogger("dbos").addHandler(logging.NullHandler())
