"""Common words that tell running text, in any order; words of several languages stand once."""

__all__ = ["FUNCTION", "PERSON"]

# English, German, Romance, Dutch, Nordic, Finnish, Slavic, Hungarian, Romanian, Turkish, Indonesian,
# Vietnamese, Arabic, Persian, Hebrew, Greek, Hindi.
_FUNCTION_WORDS = """
the of and to in is that for was on with as it at by from are this have not be but they his her he
she which were been has had will would can their an a or its than when who if about more also
after der die und das ist nicht den mit von ein auf im für sich des dem eine auch als zu wie aus
bei hat oder nach werden war wird sind es noch nur über so um vor einen einer einem sie er wir
durch de la le les et un une du est que pour dans qui sur pas au plus par il ce sont avec elle
mais ont el en y los se del las por una con no su al lo como más pero sus ha sin sobre este di che
per non della dei gli alla sono nel da ed anche si più ma delle e do em para não uma os na dos ao
foi pelo
het van dat op te zijn voor met niet aan ook om maar bij heeft naar wordt och i att det som på är
av för med till inte har ett var från men så vi jag han og til af ikke fra blir ble være hun ja ei
että hän oli ovat mutta myös kun tai niin joka sen mukaan ole kuin jo
w z się nie że jest o jak po od za przez dla ale są oraz które v že s k pro ve jsou jako byl aby
podle také který и в не на что с по как это к но из у за от то для он его же а о при так или і що
з та до як це від про але його які й є також
az és hogy nem egy ez meg azt volt csak már mint még vagy și cu pe nu că din mai care să sunt fost
bir bu için ile olarak çok daha olan gibi kadar sonra ama olduğu yang dan ini itu dengan untuk
dari dalam tidak akan pada ke juga adalah oleh và của là có được cho không các trong với một những
đã người này khi
في من على أن إلى عن التي مع هذا الذي ما هذه بعد كان بين قد لا كما و در به از که این را با است برای
آن یک خود של את על לא הוא זה עם כי גם אבל היא και το να η της την που ο για με από του στο είναι
τα δεν के में है की और से को का पर यह ने हैं कि एक नहीं
"""
FUNCTION = frozenset(_FUNCTION_WORDS.split())
# Words of those who write to somebody: comments, offers, letters.
_PERSON_WORDS = """
i you my your me we our us i'm i've you're ich du dein mein ihr euch wir uns je tu vous mon votre
nous yo tú mi su nosotros io tuo mio eu você meu jag din min jeg deg ja ty mój twój я ты вы мой
ваш мы ben sen biz siz saya anda kami
"""
PERSON = frozenset(_PERSON_WORDS.split())
