"""How Careline starts and is wired: command line, application, settings."""

import os

# Textual paints on the ticks of a clock that it sets when it is imported. At its 60 a second, hits that are there
# after 8 ms wait up to 33 ms to be seen; at 120 half of that.
os.environ.setdefault("TEXTUAL_FPS", "120")
