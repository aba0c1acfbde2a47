"""How Careline starts and is wired: command line, application, settings."""

import os

# Textual paints on the ticks of a clock that it sets when it is imported. At its 60 a second, hits that are there
# after 8 ms wait up to 33 ms to be seen; at 240 a quarter of that. Nothing is painted where nothing changed.
os.environ.setdefault("TEXTUAL_FPS", "240")
