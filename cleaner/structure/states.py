"""What the structure of a page claims: its rules and what they state."""

__all__ = ["AFTER", "BEFORE", "CATEGORY", "IDS", "INSIDE", "MENU", "STATES"]

MENU = "structure.menu"
BEFORE = "structure.before-article"
AFTER = "structure.after-article"
INSIDE = "structure.interruption"
STATES = {
    MENU: "A run of short lines above or below the article of a whole page.",
    BEFORE: "What stands above the article of a whole page: its head, teasers, notices.",
    AFTER: "What stands below the article of a whole page: teasers, comments, its foot.",
    INSIDE: "Lines inside the article of a whole page that do not belong to it.",
}
IDS = tuple(STATES)
CATEGORY = "structure"
