"""Which site a document is of."""

from urllib.parse import urlsplit

__all__ = ["bare_site", "site_of"]


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
        host = urlsplit(address.strip()).hostname
    except ValueError:  # a broken IPv6 address
        return ""
    return bare_site((host or "").rstrip("."))
