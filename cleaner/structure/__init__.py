"""Where the article is in the text of a whole page."""
