"""Every table of the store in one place, for migrations: importing this module fills `METADATA`."""

from sqlmodel import SQLModel

from data import audit
from data.agents import tables as agents
from data.billing import tables as billing
from data.cases import tables as cases
from data.complaints import tables as complaints
from data.credits import tables as credit_objects
from data.customers import tables as customers
from data.drafts import tables as drafts
from data.imports import tables as imports
from data.knowledge import tables as knowledge
from data.lifeline import tables as lifeline
from data.lines import tables as lines
from data.mail import tables as mail
from data.operators import tables as operators
from data.promotions import tables as promotions
from data.quiz import tables as quiz
from data.verification import tables as verification

TABLES = (
    agents,
    audit,
    billing,
    cases,
    complaints,
    credit_objects,
    customers,
    drafts,
    imports,
    knowledge,
    lifeline,
    lines,
    mail,
    operators,
    promotions,
    quiz,
    verification,
)
METADATA = SQLModel.metadata
