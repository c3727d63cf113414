"""Which site a document is of."""

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["Where", "bare_site", "site_of"]


class Where(NamedTuple):
    """Where a document says which site it is of.

    Attributes
    ----------
    site
        The site of all documents; empty where each has its own.
    site_field
        The field that names the site; empty for none.
    url_field
        The field that holds its address.
    """

    site: str = ""
    site_field: str = ""
    url_field: str = "url"

    def fields(self) -> tuple[str, ...]:
        """The fields that `of` looks at."""
        return () if self.site else tuple(filter(None, (self.site_field, self.url_field)))

    def of(self, fields: Mapping[str, Any], folder: str) -> str:
        """The site of a document with these fields; its folder where they name none."""
        if self.site:
            return bare_site(self.site)
        named = fields.get(self.site_field) if self.site_field else None
        if isinstance(named, str) and named.strip():
            return bare_site(named)
        address = fields.get(self.url_field)
        return (site_of(address) if isinstance(address, str) else "") or folder


def bare_site(site: str) -> str:
    """A site as rules and documents name it: blanks and the usual ``www.`` of a host left out."""
    site = site.strip()
    return site[4:] if site[:4].lower() == "www." else site


def site_of(address: str) -> str:
    """The site of an address: its host in lower case, without port and ``www.``; empty if it has none.

    >>> site_of("https://www.Tarn-Herald.example:8080/news/1")
    'tarn-herald.example'
    """
    if "//" not in address:
        return ""
    try:
        from urllib.parse import urlsplit

        host = urlsplit(address.strip()).hostname
    except ValueError:  # a broken IPv6 address
        return ""
    return bare_site((host or "").rstrip("."))
