"""Every table of the store in one place, for migrations: importing this module fills `METADATA`."""

from sqlmodel import SQLModel

from data import audit as audit

METADATA = SQLModel.metadata
