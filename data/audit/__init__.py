"""The record of who did what: one event for each action, in the action's own transaction, chained to the one before.

tables.py     the events, and where their chain ends
chain.py      how one event holds on to the one before; writing.py: a new one is added
verifying.py  whether anything was changed, taken out or put in; queries.py: what was done, for whom to read
"""

from data.audit.tables import AuditEvent, AuditHead
from data.audit.writing import Event, chain_the_rest, new_key, record

__all__ = ["AuditEvent", "AuditHead", "Event", "chain_the_rest", "new_key", "record"]
