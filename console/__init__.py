"""How Careline starts and is wired: command line, application, settings."""
