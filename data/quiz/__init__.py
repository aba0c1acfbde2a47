"""Quiz: decks of clues, games that a class plays, practice by oneself, and what came of both."""
