"""Words by which a site offers its reader something, or asks for it: a draw, an app, a newsletter, a gift.

A sentence that comes again on most pages may be the site's, or a formula of the texts themselves ("The motion
was agreed to without a division."). Nothing in its place tells the two apart; what it speaks of does. The
tables have plain words and stems of them, by language; those of one say it alone, of the others two do.
"""

import re
from collections.abc import Iterable

__all__ = ["offers"]

# Words that articles have seldom in a sentence that all of them share. A star stands for any ending.
_ALONE = {
    "en": """newsletter* subscrib* giveaway* sweepstake* advertis* crowdfund* signup affiliate* prize-draw
        sign-up follow-us join-us-on support-us support-our donate-now
        donate-today chance-to-win enter-to-win""",
    "de": """newsletter* abonn* gewinnspiel* verlosung* verlosen werbung anzeigen* mitglieder-werden
        folgen-sie folge-uns unterstützen-sie-uns""",
    "fr": """infolettre* abonn* soldes publicit* télécharge* soutenez suivez-nous inscrivez-vous jeu-concours
        tirage-au-sort""",
    "es pt": """boletín* suscri* sorteo* publicidad* descarg* síguenos regístrate assine assin* sorteio*
        baixe siga-nos inscreva*""",
    "it": """iscriv* abbona* abbonamento* scarica* seguici pubblicità sostienici""",
    "nl sv da nb": """nieuwsbrief* abonn* winactie* prijsvraag* nyhetsbrev* nyhedsbrev* prenumerer* annons*
        følg-oss følg-os följ-oss volg-ons last-ned ladda-ner""",
    "pl cs sk": """subskryb* prenumer* wspieraj* pobierz obserwuj-nas odběr* předplat* soutěž*
        sleduj* stáhn*""",
    "ru uk bg": """рассылк* подпис* подпиш* підпис* підпиш* розыгрыш* розіграш* промокод* скачай* завантаж*
        абонира* бюлетин* поддержите-нас підтримайте-нас""",
    "tr fi hu ro el": """bülten* abone çekiliş* indirin uutiskirj* arvont* hírlevél* iratkoz* nyeremény*
        abonați* abonează* εγγραφ* ενημερωτικ*""",
    "ar he fa": """اشترك* النشرة حمّل הירשמו ניוזלטר خبرنامه""",
    "zh ja ko": """订阅 訂閱 关注我们 關注我們 下载 下載 抽奖 抽獎 公众号 客户端 扫码 メルマガ
        購読 抽選 キャンペーン フォロー 구독* 다운로드 추첨 뉴스레터 팔로우""",
}
# What a site offers, and an article may be about: an offer beside another of these words, one of `_LIGHT`, or
# one by which a site speaks of itself.
_OFFERED = {
    "en": """podcast* discount* voucher* coupon* promo app apps download* prize* draw quiz
        crossword* puzzle* competition offer* shop readers reader channel deal* membership* sponsor*""",
    "de": """app apps podcast* rabatt* gutschein* herunterladen angebot* preis* quiz leser*""",
    "fr": """appli podcast* réduction* offre* concours lecteurs cadeau*""",
    "es pt": """app aplicación aplicativo descuento* desconto* cupón* cupom* oferta* concurso premio* prêmio*
        lectores leitores""",
    "it": """sconto sconti offert* concorso premio premi lettori""",
    "nl sv da nb": """korting* rabat* rabatt* podd* aanbieding* prijs lezers tävling konkurrence* erbjudande*
        tilbud* läsare læsere lesere""",
    "pl cs sk": """aplikacj* aplikac* zniżk* rabat* slev* konkurs* ofert* nagrod* czytelnik*""",
    "ru uk bg": """приложени* застосун* подкаст* скидк* знижк* конкурс* акци* приз* читател* читач*""",
    "tr fi hu ro el": """uygulama* indirim* sovellu* alennu* alkalmazás* hediye* kampanya* kilpail*""",
    "ar he fa": """تطبيق* خصم* بودكاست אפליקצי* הנחה اپلیکیشن مسابقة جائزة* פרס جایزه""",
    "zh ja ko": """优惠 優惠 奖品 獎品 アプリ 割引 プレゼント 応募 앱 할인 경품 이벤트""",
}
# What it costs and what there is to do, of which prayers, obituaries and museums speak as well.
_LIGHT = {
    "en": """win wins winning free enter subscription* ticket* buy join support supporter* donate donation*
        click tap bonus
        exclusive gift*""",
    "de": """gewinnen gewinne gratis kostenlos* verpassen tickets spende*""",
    "fr": """gagnez gagner gratuit* recevez boîte cliquez""",
    "es pt": """gana ganhe gratis grátis""",
    "it": """vinci gratis gratuit*""",
    "nl sv da nb": """win gratis vinn vind doneer*""",
    "pl cs sk": """wygraj darmo bezpłatn* vyhraj* zdarma darowizn*""",
    "ru uk bg": """выигра* виграй* бесплатн* безкоштовн* пожертв*""",
    "tr fi hu ro el": """kazan* ücretsiz voita ilmai* nyerj* ingyen* câștig* gratuit* κέρδισ* δωρεάν""",
    "ar he fa": """مجان* اربح חינם رایگان""",
    "zh ja ko": """免费 免費 赢取 無料 무료""",
}
_SELF = """our us unser* uns notre nos nuestr* noss* nostr* ons onze vår vårt våra vores nasz* naš* náš* наш*
    bizim שלנו 我们的 我們的"""
_STEM = 4  # letters that forms of one word share
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def _pattern(groups: Iterable[str]) -> re.Pattern[str]:
    words = {word for group in groups for word in group.split()}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_word, longest_first)), re.IGNORECASE)


def _word(word: str) -> str:
    if _SPACELESS.search(word):
        return re.escape(word)  # in a text without blanks no word has an edge
    bare = r"[\s-]".join(map(re.escape, word.rstrip("*").split("-")))
    return rf"\b{bare}\w*" if word.endswith("*") else rf"\b{bare}\b"


_OFFERS = _pattern(_ALONE.values())
_HINTS = _pattern(_OFFERED.values())
_LIGHTER = _pattern(_LIGHT.values())
_OWN = _pattern([_SELF])


def offers(form: str) -> bool:
    """Whether a sentence offers its reader something of the site's, or asks for it."""
    if _OFFERS.search(form):
        return True
    offered = _stems(_HINTS, form)
    if not offered:
        return False
    lighter = _stems(_LIGHTER, form) - offered
    return len(offered) + len(lighter) + (_OWN.search(form) is not None) >= 2


def _stems(words: re.Pattern[str], form: str) -> set[str]:
    return {match[0][:_STEM].lower() for match in words.finditer(form)}
