"""Every table of the store in one place, for migrations: importing this module fills `METADATA`."""

from sqlmodel import SQLModel

from data import audit
from data.agents import tables as agents
from data.cases import tables as cases
from data.customers import tables as customers
from data.imports import tables as imports
from data.lifeline import tables as lifeline
from data.lines import tables as lines
from data.operators import tables as operators

TABLES = (agents, audit, cases, customers, imports, lifeline, lines, operators)
METADATA = SQLModel.metadata
