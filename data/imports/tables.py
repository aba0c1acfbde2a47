"""What is remembered of imported rows, so that the same file changes nothing when it comes again."""

from sqlmodel import Field

from data.columns import Row


class ImportRecord(Row, table=True):
    """One row of a file, as it was imported last; see data/imports/rows.py for `handle` and `row_hash`.

    `mdn`: the line's number that the row gave, "" for none. `leads`: whether the row said who the customer is; a
    further row of the same account tells of a line only.
    """

    __tablename__ = "import_record"

    id: int | None = Field(default=None, primary_key=True)
    handle: int = Field(index=True)
    row_hash: int
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    mdn: str = ""
    leads: bool = True
