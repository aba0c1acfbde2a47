"""The catalogue of a store, read once for each edition of it and kept ready to be asked."""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from data.promotions.ranking import Catalogue
from data.promotions.records import terms_of
from data.promotions.tables import PromotionRevision
from data.store import Store

_lock = Lock()
_kept: WeakKeyDictionary[Engine, tuple[int, Catalogue]] = WeakKeyDictionary()


def edition(session: Session) -> int:
    """The number of the catalogue's last change; 0 where there is none yet."""
    return session.exec(select(func.max(PromotionRevision.edition))).one() or 0


def catalogue(session: Session, store: Store) -> Catalogue:
    """The catalogue as `session` sees it. What an open transaction changed is seen by it alone."""
    now = edition(session)
    with _lock:
        kept = _kept.get(store.engine)
    if kept and kept[0] == now:
        return kept[1]
    rows = session.exec(select(PromotionRevision).order_by(col(PromotionRevision.id)))
    read = Catalogue([terms_of(row) for row in rows])
    if not session.new and not session.dirty:
        with _lock:
            _kept[store.engine] = (now, read)
    return read
