"""All customers gathered at once have the entries that each has alone."""

from __future__ import annotations

from collections import Counter

import sqlcipher3.dbapi2 as sqlite
from hypothesis import given, settings
from hypothesis import strategies as st

from data.search.sqlite.index.entries import Kept, number_entries, pair_entries, phone_entries, vocabulary_of
from data.search.sqlite.index.gathering import Gathering

NAMES = st.sampled_from(["", "", "Ana", "ANA", "Smith", "J", "J.R.", "O'Brien", "José", "García López", "Ng-Ana", "12"])
CUSTOMERS = st.builds(
    Kept,
    id=st.just(0),
    first=NAMES,
    middle=NAMES,
    last=NAMES,
    company=st.sampled_from(["", "", "", "Acme & Smith, Inc."]),
    city=st.sampled_from(["", "New York", "NEW YORK", "?"]),
    state=st.just("NY"),
    zip=st.sampled_from(["", "10701", "10701-1234"]),
    street=st.sampled_from(["", "12 oak", " oak"]),
    account_id=st.just(1),
    account=st.sampled_from(["", "SV1"]),
    status=st.sampled_from(["active", "closed"]),
    keys=st.sampled_from(["", "l2125550143", "l2125550143 t12 tx p80ABCDEF", "t5550143"]),
)


@settings(max_examples=60)
@given(st.lists(CUSTOMERS, max_size=6))
def test_all_have_the_entries_that_each_has(some: list[Kept]) -> None:
    customers = [kept._replace(id=id) for id, kept in enumerate(some, 1)]
    connection = sqlite.connect(":memory:", isolation_level=None)
    gathering = Gathering(connection)
    gathering.add([tuple(kept) for kept in customers])
    assert dict(gathering.packed())
    words = {word: (id, count) for word, id, count, _ in connection.execute("SELECT * FROM packed_search_word")}
    pairs = [pair_entries(kept) for kept in customers]
    assert {word: count for word, (_, count) in words.items()} == Counter(
        w for rows in pairs for w in vocabulary_of(rows)
    )
    for table, wanted in {
        "search_pair": [(words[a][0], b, who) for rows in pairs for a, b, who in rows],
        "search_phone": [row for kept in customers for row in phone_entries(kept.keys, kept.who)],
        "search_number": [row for kept in customers for row in number_entries(kept.keys, kept.who)],
    }.items():
        assert connection.execute(f"SELECT * FROM packed_{table}").fetchall() == sorted(wanted)
    connection.close()
