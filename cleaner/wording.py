"""How pages write down who wrote an article, when, where and for whom."""

import re

import regex

from .late import LatePattern

__all__ = [
    "AFTER_LABEL",
    "AGENCY",
    "AGENCY_ALONE",
    "CAPTION",
    "CREDIT",
    "DATE",
    "DATELINE",
    "JOB",
    "LABEL",
    "NAME",
    "OWNED",
    "UPDATED",
    "WALLED",
]

_BY = (
    r"by|von|par|por|di|da|door|av|af|przez|autor(?:ka|in)?|oleh|bởi|yazan|de|från|fra|od|text|автор|"
    r"tekst|teksti|scris|írta|κείμενο"
)
LABEL = regex.compile(
    rf"^\W*(?:[^:：\n]{{2,30}}[:：]\s*(?:(?:{_BY})\s+)?|(?:\p{{Ll}}+\s+|\p{{Lu}}\p{{Ll}}+\s+(?:\p{{Ll}}+\s+)*?)"
    rf"{{0,3}}?\b(?:{_BY})\b:?\s+)",
    regex.IGNORECASE,
)
NAME = regex.compile(
    r"\p{Lu}[\p{L}\p{M}'’.-]*(?:(?:\s+(?:and|und|et|y|e|och|og|en|i|ja|ve)|,|\s+&)?\s+(?:(?:van|von|der|den|de"
    r"|da|di|del|la|le|al|bin|ter|ten|dos|du)\s+){0,3}\p{Lu}[\p{L}\p{M}'’.-]*){0,7}"
)
_MONTHLY = r"(?:\p{L}{3,12}\.?)"
DATE = regex.compile(
    r"(?<!\d)(?:\d{4}-\d\d?-\d\d?(?:[T ]\d\d?:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{4}\s?[年년]\s?\d\d?\s?[月월]\s?\d\d?\s?[日일]|\d{4}[./]\s?\d\d?[./]\s?\d\d?"
    r"|\d\d?[./-]\s?\d\d?[./-]\s?\d{2,4}"
    rf"|\d\d?(?:st|nd|rd|th|\.|er|º)?\s(?:de\s|of\s)?{_MONTHLY},?\s(?:de\s|del\s)?\d{{4}}"
    rf"|{_MONTHLY}\s\d\d?(?:st|nd|rd|th)?,?\s\d{{4}}"
    r"|\d{1,3}\s\p{L}{2,12}\sago)(?!\d)"
    r"(?:(?:,|\s[|@·•-]|\sat|\sum|\sà|\sa\slas|\sle|\salle|\sкл)?\s\d\d?[:.h]\d\d(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s[A-Z]{2,4}\b)?)?",
    regex.IGNORECASE,
)
UPDATED = LatePattern(
    r"updat|modif|revis|edited|aktualis|geändert|mis à jour|\bmaj\b|actuali[sz]|aggiornat|atualiza|modificad"
    r"|bijgewerkt|gewijzigd|обновл|оновл|изменен|güncel|uppdater|oppdater|opdater|päivit|ενημέρ"
    r"|frissít|módosít|diperbarui|cập nhật|更新|수정|업데이트|تحديث|روزرسانی|עודכן|अपडेट|হালনাগাদ",
    re.IGNORECASE,
)
_AGENCIES = (
    r"reuters|ap|afp|dpa|efe|ansa|tass|upi|xinhua|pti|ani|ians|associated press|the associated press|belga"
    r"|ats|apa|aap|lusa|anp|ritzau|ntb|tt|stt|pap|čtk|mti|antara|kyodo|yonhap|interfax|укринформ|риа новости"
    r"|the canadian press|press association|pa media|agence france-presse|bloomberg"
)
AGENCY = LatePattern(rf"\b(?:{_AGENCIES})\b", re.IGNORECASE)
AGENCY_ALONE = LatePattern(rf"(?:{_AGENCIES})", re.IGNORECASE)
# "UPPER TARN, May 3 (Reuters) - The bridge": the place in capitals, or an agency behind it.
DATELINE = regex.compile(
    rf"(?P<place>\p{{Lu}}[\p{{Lu}}.'’-]+(?:\s\p{{Lu}}[\p{{Lu}}.'’-]+){{0,3}}(?:,\s(?!{_MONTHLY}\s\d)\p{{Lu}}"
    rf"[\p{{L}}.]+(?:\s\p{{L}}+)?)?)(?:,\s{_MONTHLY}\s\d\d?)?(?:\s\((?P<agency>(?i:{_AGENCIES}))\))?"
    r"\s?[–—-]{1,2}\s"
    rf"|(?P<place>\p{{Lu}}[\p{{L}}.'’-]+(?:\s\p{{Lu}}[\p{{L}}.'’-]+){{0,3}}(?:,\s[\p{{L}}\s.\d]{{3,24}})?)"
    rf"\s\((?P<agency>(?i:{_AGENCIES}))\)\s?(?:[–—-]{{1,2}}|\.)\s"
)
AFTER_LABEL = LatePattern(
    r"^[^:：]{2,40}[:：]\s*|^\W*(?:tagged|filed under|posted in)\s+(?:with\s+|as\s+)?", re.I
)
CAPTION = LatePattern(r"(?:image|media|video|figure) caption,\s*", re.IGNORECASE)
CREDIT = LatePattern(
    r"^[\W_]*(?:(?:\w+\s){0,2}(?:photo|image|picture|credit|source|foto|photograph|illustration|bild|crédit|copyright)\w*"
    r"(?:\s(?:credits?|source|courtesy|copyright|by|of|via))*[\s:,|/©-]+)+",
    re.IGNORECASE,
)
# Of the English sentences about accounts those that keep the reader from the rest.
WALLED = LatePattern(
    r"\bcontinue\b|\bkeep reading\b|\bunlock\b|\bread (?:the )?(?:full|rest|more|on)\b|\bto read\b"
    r"|\b(?:full|rest of|remaining)\b|\bsubscribers? only\b|\b(?:only|exclusive\w*) (?:for|to) subscribers\b",
    re.IGNORECASE,
)
OWNED = LatePattern(r"[^:：\n]{2,30}[:：]\s")
JOB = regex.compile(
    r",?\s(?:(?:staff|senior|chief|deputy|associate|managing|contributing|executive|special|political|sports?"
    r"|business|science|health|news|guest|local|city|foreign)\s)*(?:writer|reporter|editor|correspondent"
    r"|contributor|columnist|journalist|author|intern|md|phd|rd|esq)\b.*",
    regex.IGNORECASE,
)
