"""Letters on paper that wait: home tells whoever sends mail, and so does the queue."""

from __future__ import annotations

from data.customers.actions import edit_customer
from data.customers.rules import CustomerEdit
from data.desk import Desk
from screens.mail import MailScreen
from tests.builders import add_customer
from tests.screens.conftest import LARGE, Console


async def test_home_tells_of_letters_to_post_and_leads_to_the_mail(desk: Desk, admin: Desk, console: Console) -> None:
    add_customer(desk, "SV000043", first_name="John", last_name="Smith", street="12 Oak St")
    edit_customer(desk, "SV000043", 1, CustomerEdit(street="1 New St"), why="on paper")
    async with console(admin, LARGE) as person:
        person.sees("1 Letters to post to customers whom nothing else reaches")
        await person.press("tab", "enter")
        assert isinstance(person.app.screen, MailScreen)
        person.sees("letters to post: 1 (careline mail letters)")
        person.does_not_see("Oak", "New St")
