"""Words by which a site offers its reader something, or asks for it: a draw, an app, a newsletter, a gift.

A sentence that comes again on most pages may be the site's, or a formula of the texts themselves ("The motion
was agreed to without a division."). Nothing in its place tells the two apart; what it speaks of does. The
table has plain words and stems of them, by language; those of one group say it alone, of the other two do.
"""

import re
from collections.abc import Iterable

__all__ = ["offers"]

# Words that articles have seldom in a sentence that all of them share. A star stands for any ending.
_ALONE = {
    "en": """newsletter* subscrib* subscription* podcast* giveaway* sweepstake* advertis* donate donation*
        crowdfund* discount* voucher* coupon* promo app apps download* signup affiliate*
        prize-draw sign-up follow-us join-us support-us""",
    "de": """newsletter* abonn* gewinnspiel* verlosung* verlosen app apps podcast* rabatt* gutschein*
        spende* werbung anzeigen* herunterladen mitglieder-werden folgen-sie folge-uns""",
    "fr": """infolettre* abonn* appli podcast* soldes réduction* publicit* télécharge*
        soutenez suivez-nous inscrivez-vous jeu-concours tirage-au-sort""",
    "es pt": """boletín* suscri* sorteo* app aplicación aplicativo descuento* cupón* cupom* publicidad*
        descarg* síguenos regístrate assine assin* sorteio* desconto* baixe siga-nos inscreva*""",
    "it": """iscriv* abbona* abbonamento* sconto sconti scarica* seguici pubblicità sostienici""",
    "nl sv da nb": """nieuwsbrief* abonn* winactie* prijsvraag* korting* doneer* nyhetsbrev* nyhedsbrev*
        prenumerer* rabatt* rabat* podd* annons* følg-oss følg-os følj-oss volg-ons last-ned ladda-ner""",
    "pl cs sk": """subskryb* prenumer* aplikacj* zniżk* rabat* darowizn* wspieraj* pobierz obserwuj-nas odběr*
        předplat* aplikac* slev* soutěž* sleduj* stáhn*""",
    "ru uk bg": """рассылк* подпис* подпиш* підпис* підпиш* розыгрыш* розіграш* приложени*
        застосун* подкаст* скидк* знижк* промокод* пожертв* скачай* завантаж* абонира* бюлетин*""",
    "tr fi hu ro el": """bülten* abone çekiliş* uygulama* indirim* indirin uutiskirj* arvont* sovellu*
        alennu* hírlevél* iratkoz* nyeremény* alkalmazás* abonați* abonează*
        εγγραφ* ενημερωτικ*""",
    "ar he fa": """اشترك* النشرة تطبيق* خصم* حمّل بودكاست הירשמו ניוזלטר אפליקצי* הנחה خبرنامه اپلیکیشن""",
    "zh ja ko": """订阅 訂閱 关注我们 關注我們 下载 下載 抽奖 抽獎 优惠 優惠 公众号 客户端 扫码 メルマガ
        購読 アプリ 抽選 キャンペーン 割引 フォロー 구독* 앱 다운로드 추첨 할인 뉴스레터 팔로우""",
}
# Words that texts have too; two of them in one sentence are an offer, or one and a word of `_SELF`.
_TOGETHER = {
    "en": """win wins winning free prize* draw quiz crossword* puzzle* competition enter offer* ticket*
        shop buy readers reader join support click tap channel deal* bonus exclusive gift* supporter*
        membership* sponsor*""",
    "de": """gewinnen gewinne gratis kostenlos* angebot* preis* quiz leser* verpassen tickets""",
    "fr": """gagnez gagner gratuit* offre* concours lecteurs cadeau* recevez boîte cliquez""",
    "es pt": """gana ganhe gratis grátis oferta* concurso premio* prêmio* lectores leitores""",
    "it": """vinci gratis gratuit* offert* concorso premio premi lettori""",
    "nl sv da nb": """win gratis aanbieding* prijs lezers vinn vind tävling konkurrence* erbjudande* tilbud*
        läsare læsere lesere""",
    "pl cs sk": """wygraj konkurs* darmo bezpłatn* ofert* nagrod* czytelnik* vyhraj* zdarma""",
    "ru uk bg": """выигра* виграй* бесплатн* безкоштовн* конкурс* акци* приз* читател* читач*""",
    "tr fi hu ro el": """kazan* ücretsiz hediye* kampanya* voita ilmai* kilpail* nyerj* ingyen* câștig*
        gratuit* κέρδισ* δωρεάν""",
    "ar he fa": """مجان* مسابقة جائزة* اربح חינם פרס رایگان جایزه""",
    "zh ja ko": """免费 免費 奖品 獎品 赢取 無料 プレゼント 応募 무료 경품 이벤트""",
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
_HINTS = _pattern(_TOGETHER.values())
_OWN = _pattern([_SELF])


def offers(form: str) -> bool:
    """Whether a sentence offers its reader something of the site's, or asks for it."""
    if _OFFERS.search(form):
        return True
    hints = {match[0][:_STEM].lower() for match in _HINTS.finditer(form)}
    return len(hints) + (_OWN.search(form) is not None) >= 2 and bool(hints)
