"""A site's own cruft, learned from many of its pages."""
