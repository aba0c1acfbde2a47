"""How Careline starts and is wired: command line, application, settings."""

import os

# Textual paints on the ticks of a clock that it sets when it is imported. A workspace does not wait for them; what
# opens above one, such as a question, waits up to 33 ms at Textual's 60 a second, and a quarter of that at 240.
# Nothing is painted where nothing changed.
os.environ.setdefault("TEXTUAL_FPS", "240")
