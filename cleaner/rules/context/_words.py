"""Words by which context rules know forms, biographies and buttons, language by language.

Each entry is a part of a pattern without regard to case. Scripts that put no blank between words, and
those whose vowel signs are no word characters, have no word boundary.
"""

from functools import cache
from re import IGNORECASE, Pattern
from re import compile as compiled

__all__ = ["BIOGRAPHY", "CELLS", "FORM", "FORM_ASKS", "FORM_YOU", "HOME", "REPLY", "any_of"]

# What the lines of a sign-up form speak of.
FORM = {
    "cs": r"newsletter\w*|odb[ěe]r\w*|e-?mail\w*|přihlá\w+|odhlá\w+|soukromí|osobní\w* údaj\w*",
    "da": r"nyhedsbrev\w*|tilmeld\w*|afmeld\w*|e-?mail\w*|indbakke\w*|privatlivspolitik\w*|samtykke\w*",
    "de": r"newsletter\w*|anmeld\w*|abmeld\w*|abonnier\w*|abbestell\w*|e-?mail\w*|mailadresse|postfach|posteingang"
    r"|datenschutz\w*|einwilligung|widerruf\w*|spam|captcha",
    "el": r"newsletter\w*|εγγραφ\w*|εγγραφείτε|e-?mail|ενημερωτικ\w* δελτί\w*|απορρήτου",
    "es": r"newsletter\w*|bolet[íi]n\w*|suscr[íi]\w+|correo\w*|e-?mail\w*|bandeja de entrada|darme de baja|privacidad",
    "fi": r"uutiskirje\w*|tila[ata]\w*|sähköposti\w*|peru\w* tilau\w*|tietosuoja\w*",
    "fr": r"newsletters?|infolettres?|lettres? d['’]information|inscri\w+|abonn\w+|d[ée]sabonn\w+|d[ée]sinscri\w+"
    r"|e-?mails?|courriels?|adresse [ée]lectronique|confidentialit[ée]|donn[ée]es personnelles",
    "hu": r"hírlev\w+|feliratkoz\w*|leiratkoz\w*|e-?mail\w*|adatvédel\w*",
    "id": r"newsletter|buletin|berlangganan|langganan|e-?mail|surel|kebijakan privasi",
    "it": r"newsletter|iscri\w+|abbon\w+|disiscri\w+|e-?mail|posta elettronica|privacy|trattamento dei dati",
    "nl": r"nieuwsbrie\w+|inschrijv\w*|aanmeld\w*|afmeld\w*|uitschrijv\w*|e-?mail\w*|inbox|privacy\w*",
    "no": r"nyhetsbrev\w*|meld\w* (?:deg|på|av)|påmeld\w*|avmeld\w*|e-?post\w*|innboks\w*|personvern\w*",
    "pl": r"newsletter\w*|biuletyn\w*|zapis\w+|subskry\w+|e-?mail\w*|rezygn\w+|danych osobowych|prywatności",
    "pt": r"newsletters?|boletim|boletins|inscre\w+|inscri\w+|subscre\w+|assin\w+|e-?mails?|correio eletr[óôo]nico"
    r"|caixa de entrada|privacidade|cancelar a (?:subscrição|inscrição)",
    "ro": r"newsletter\w*|abon\w+|dezabon\w+|înscri\w+|e-?mail\w*|confidențialitate",
    "ru": r"рассылк\w*|подпис\w+|отпис\w+|e-?mail\w*|почт\w+|персональн\w+ данн\w+|конфиденциальност\w+",
    "sv": r"nyhetsbrev\w*|prenumer\w*|anmäl\w*|avanmäl\w*|avregistrera\w*|e-?post\w*|mejl\w*|inkorg\w*|integritet\w*",
    "tr": r"bülten\w*|abone\w*|e-?posta\w*|e-?mail\w*|kaydol\w*|gizlilik",
    "uk": r"розсилк\w*|підпис\w+|підпиш\w+|відпис\w+|e-?mail\w*|пошт\w+|персональн\w+ дан\w+",
    "vi": r"bản tin|đăng ký|hủy đăng ký|e-?mail|hộp thư",
}
# How such a form speaks to the reader.
FORM_YOU = {
    "cs": r"vás|vám|váš|vaš\w+|souhlasím|chci|mi",
    "da": r"dig|din|dit|dine|du|jeg|mig|min|vi|os",
    "de": r"du|dir|dich|dein\w*|ihr|ihre[rnm]?|sie|ihnen|ich|mich|mir|meine\w*|wir|uns\w*",
    "el": r"σας|σου|μας|μου|συμφωνώ",
    "es": r"tu|tus|te|su|usted|acepto|quiero|me|nuestr\w+",
    "fi": r"sinu\w*|sinä|haluan|minä|hyväksyn|\w+si",
    "fr": r"vous|votre|vos|tu|te|ton|je|j['’]accepte|mes?|mon|nous|notre|nos",
    "hu": r"ön\w*|elfogadom|szeretn\w+|hozzájárul\w+",
    "id": r"anda|kamu|saya|kami",
    "it": r"tu[aoei]?|ti|vi|vostr\w+|suo|sua|accetto|acconsento|voglio|mi|nostr\w+",
    "nl": r"je|jij|jou|jouw|u|uw|ik|mij|mijn|wij|we|ons|onze",
    "no": r"deg|din|ditt|dine|du|jeg|meg|min|vi|oss",
    "pl": r"twój|twoj\w+|ci|ciebie|państw\w+|wyrażam|chcę|mój|moj\w+|nasz\w*",
    "pt": r"você|seu|sua|seus|te|teu|tua|aceito|quero|meus?|minhas?|noss\w+",
    "ro": r"ta|tău|dvs|dumneavoastră|sunt de acord|doresc|îmi|noastr\w+|nostru",
    "ru": r"вы|вас|вам|ваш\w*|ты|тебе|твой|я|мне|мы|наш\w*|согла\w+",
    "sv": r"dig|din|ditt|dina|du|jag|mig|min|mina|vi|oss",
    "tr": r"siz\w*|sen\w*|kabul ediyorum|istiyorum|\w+n[ıiuü]z[ıiuüaey]?\w*",
    "uk": r"ви|вас|вам|ваш\w*|ти|тобі|я|мені|ми|наш\w*|погодж\w+",
    "vi": r"bạn|tôi|chúng tôi",
}
# How a sentence of a form begins: it asks, promises or thanks.
FORM_ASKS = {
    "cs": r"přihlaste|odebírejte|zadejte|souhlasím|chci|vaš[ei]|odhlásit|děkujeme|přihlášením|odesláním",
    "da": r"tilmeld|få|modtag|indtast|ja,? (?:tak|jeg)|jeg (?:vil|ønsker|accepterer|giver)|du kan (?:altid|til enhver)|ved at"
    r"|tak for|din|dit",
    "de": r"jetzt|melden? sie|melde dich|abonnieren? sie|abonnier|bestellen sie|ja,? ich|ich (?:bin|möchte|habe|willige|stimme|akzeptiere)"
    r"|sie können|du kannst|die abmeldung|eine abmeldung|abmeldung|mit (?:der|ihrer|deiner|dem) (?:anmeldung|klick|eingabe|absenden)"
    r"|hinweise? zu|informationen zu|bitte|geben sie|gib|ihre|deine|erhalten sie|erhalte|bleiben sie|bleib|verpassen sie|verpasse"
    r"|vielen dank|danke|kein spam|wir (?:senden|schicken|geben|verwenden|nutzen|informieren)|es gilt|es gelten|mehr zum datenschutz"
    r"|der newsletter|unser newsletter|immer|einfach|täglich|wöchentlich",
    "el": r"εγγραφείτε|συμφωνώ|εισάγετε|μπορείτε|με την εγγραφή",
    "es": r"suscr[íi]be\w*|recib[ea]|ap[úu]ntate|reg[íi]strate|introduce|escribe|acepto|quiero|he le[íi]do|puedes|al (?:suscribir|hacer|pulsar)\w*"
    r"|gracias|tu|no te pierdas",
    "fi": r"tilaa|syötä|kirjoita|haluan|hyväksyn|voit|tilaamalla|kiitos",
    "fr": r"inscrivez|abonnez|recevez|entrez|saisissez|indiquez|j['’]accepte|je (?:souhaite|m['’]abonne|consens)|vous (?:pouvez|recevrez)"
    r"|en (?:vous|cliquant|renseignant|validant)|votre|vos|merci|ne manquez|chaque (?:jour|matin|semaine)|pour vous d[ée]s",
    "hu": r"iratkozz|iratkozzon|adja meg|add meg|elfogadom|hozzájárul|szeretné|köszönjük|bármikor",
    "id": r"daftar|dapatkan|masukkan|dengan (?:mendaftar|berlangganan)|saya|anda dapat|terima kasih",
    "it": r"iscriviti|iscrivetevi|ricevi|inserisci|accetto|acconsento|dichiaro|ho letto|puoi|cliccando|iscrivendoti|grazie|la tua|non perder",
    "nl": r"schrijf (?:je|u)|meld (?:je|u)|ontvang|vul|ja,? ik|ik (?:wil|ga|geef)|je kunt|u kunt|door|bedankt|jouw|uw|je e-?mail|afmelden",
    "no": r"meld (?:deg|på)|få|motta|skriv|ja,? (?:takk|jeg)|jeg (?:vil|ønsker|godtar|samtykker)|du kan|ved å|takk for|din",
    "pl": r"zapisz|subskrybuj|otrzymuj|podaj|wpisz|wyrażam|chcę|akceptuję|możesz|dziękujemy|twój|administratorem",
    "pt": r"inscreva|assine|subscreva|receba|cadastre|digite|insira|introduza|aceito|quero|concordo|li e|pode|ao (?:inscrever|clicar|subscrever)\w*"
    r"|obrigado|seu|o seu",
    "ro": r"abonează|abonați|înscrie|primește|introdu|sunt de acord|doresc|poți|te poți|prin abonare|mulțumim",
    "ru": r"подпи(?:шит|сывай)\w*|подпишись|получай\w*|введите|укажите|я (?:согла|хочу|даю)\w*|вы (?:можете|всегда)|нажимая|подписываясь|спасибо|ваш",
    "sv": r"prenumerera|anmäl|få|skriv in|ange|fyll i|ja,? (?:tack|jag)|jag (?:vill|godkänner|samtycker)|du kan|genom att|tack för|din|missa inte",
    "tr": r"abone ol|kaydol|girin|kabul ediyorum|istiyorum|dilediğiniz|teşekkür|e-?posta adresiniz",
    "uk": r"підпи(?:шіт|суй)\w*|отримуй\w*|введіть|вкажіть|я (?:погодж|хочу|даю)\w*|ви (?:можете|завжди)|натискаючи|підписуючись|дякуємо",
    "vi": r"đăng ký|nhập|nhận|bạn có thể|tôi đồng ý|cảm ơn",
}
# What boxes about authors say of people.
BIOGRAPHY = {
    "cs": r"\b(?:je (?:redaktor\w*|novinář\w*|autor\w*)|píše o|pracuje|působí|vystudoval\w*)",
    "da": r"\b(?:er (?:journalist|redaktør|forfatter)|skriver om|dækker|har skrevet)",
    "de": r"\b(?:ist (?:(?:freie[r]?|stellvertretende[r]?|leitende[r]?) )?(?:redakteur(?:in)?|autor(?:in)?|journalist(?:in)?|reporter(?:in)?"
    r"|korrespondent(?:in)?|volontär(?:in)?|professor(?:in)?|ressortleiter(?:in)?|chefredakteur(?:in)?)|schreibt (?:für|über|als)"
    r"|berichtet (?:für|über|aus)|arbeitet (?:als|für|bei|seit)|studierte|hat .{3,40} studiert|jahrgang \d{4}|lebt in|ist seit \d{4}"
    r"|gründete|leitet (?:das|die|den)|lehrt an)",
    "el": r"(?:είναι δημοσιογράφος|σπούδασε|εργάζεται|γράφει για|αρθρογραφεί)",
    "es": r"\b(?:es (?:periodista|redactora?|corresponsal|escritora?|licenciad[oa]|editora?|autora?)|periodista (?:de|en|especializad[oa])"
    r"|licenciad[oa] en|graduad[oa] en|escribe (?:sobre|en)|trabaja en|ha trabajado en|redactora? (?:de|en|jefe))",
    "fi": r"\b(?:on (?:toimittaja|kirjailija)|kirjoittaa|työskentelee|valmistunut)",
    "fr": r"\b(?:est (?:journaliste|r[ée]dact\w+|auteure?|[ée]crivaine?|professeure?|correspondante?)|journaliste (?:[àa]|au|sp[ée]cialis\w+|pour)"
    r"|dipl[ôo]m[ée]e? d|[ée]crit (?:sur|pour)|collabore|a rejoint|travaille (?:pour|au|comme))",
    "hu": r"(?:újságíró|szerkesztő|végzett|dolgozik|ír)\b",
    "id": r"\b(?:adalah (?:jurnalis|wartawan|penulis|editor|reporter)|lulusan|bergabung|menulis tentang)",
    "it": r"\b(?:[èe] (?:giornalista|redattrice|redattore|autrice|autore|scrittrice|scrittore)|giornalista (?:professionista|pubblicista|di)"
    r"|laureat[oa] in|scrive (?:di|per|su)|lavora (?:per|come|a)|collabora con|si occupa di)",
    "nl": r"\b(?:is (?:redacteur|journalist\w*|auteur|verslaggever|correspondent)|schrijft (?:over|voor)|werkt (?:als|bij|voor)|studeerde)",
    "no": r"\b(?:er (?:journalist|redaktør|forfatter)|skriver om|dekker|har skrevet)",
    "pl": r"\b(?:dziennikar\w+|redaktor\w*|absolwent\w*|pisze o|pracuje|zajmuje się)",
    "pt": r"\b(?:[ée] (?:jornalista|rep[óo]rter|editora?|autora?|escritora?)|jornalista (?:formad[oa]|de|na|no)|formad[oa] em|graduad[oa] em"
    r"|escreve (?:sobre|para)|trabalha (?:na|no|como))",
    "ro": r"\b(?:este (?:jurnalist\w*|redactor\w*|autor\w*)|a absolvit|absolvent\w*|scrie despre|lucrează)",
    "ru": r"(?:журналист\w*|корреспондент\w*|редактор\w*|окончил\w*|пишет о|работает|автор \w+)\b",
    "sv": r"\b(?:är (?:journalist|redaktör|författare|reporter)|skriver om|bevakar|har skrivit)",
    "tr": r"(?:gazeteci|muhabir|editör|mezun|yazıyor|çalışıyor|çalıştı)",
    "uk": r"(?:журналіст\w*|кореспондент\w*|редактор\w*|закінчи\w+|пише про|працює)\b",
    "ar": r"(?:صحفي|صحافي|كاتب|محرر|حاصل على|يكتب|تكتب|يعمل|تعمل)",
    "fa": r"(?:روزنامه‌نگار|خبرنگار|نویسنده|دانش‌آموخته|می‌نویسد)",
    "he": r"(?:עיתונאי|כתב|כתבת|עורך|עורכת|סופר|בוגר|כותב|כותבת)",
    "hi": r"(?:पत्रकार|संवाददाता|लेखक|लेखिका|संपादक|कार्यरत|अनुभव|पढ़ाई|डिग्री)",
    "bn": r"(?:সাংবাদিক|প্রতিবেদক|লেখক|সম্পাদক|কর্মরত|অধ্যাপক|পড়াশোনা)",
    "zh": r"(?:记者|記者|编辑|編輯|作家|毕业于|畢業於|现任|現任|供职于|任职|撰稿人|专栏)",
    "ja": r"(?:記者|編集者|ライター|作家|生まれ|卒業|専門は|教授|勤務|著書)",
    "ko": r"(?:기자|편집자|작가|졸업|교수|입사|지은 책|저서)",
}
# The button under each comment of a thread.
REPLY = (
    "antworten|antworte|répondre|repondre|responder|rispondi|beantwoorden|reageer|antwoord|svar|svara|besvar|vastaa"
    "|odpowiedz|odpovědět|reagovat|válasz|răspunde|απάντηση|ответить|відповісти|yanıtla|cevapla|balas|trả lời"
    "|رد|پاسخ|השב|הגב|जवाब दें|उत्तर दें|উত্তর দিন|জবাব|回复|回覆|返信|답글|gefällt mir|j'aime|me gusta|mi piace"
    "|melden|signaler|denunciar|segnala|zgłoś|anmäl|пожаловаться"
)
# Answers that stand in the cells of a table: what one plan has and another has not.
CELLS = frozenset(
    "yes no none n/a free pro basic premium ja nein keine kostenlos gratis oui non gratuit sí si ninguno sì nessuno não "
    "sim nenhum nee geen nej ingen kyllä ei ilmainen tak nie brak ano ne žádný igen nem nincs da nu niciunul ναι όχι да нет "
    "так ні evet hayır yok ya tidak có không نعم لا بله خیر כן לא हां हाँ नहीं হ্যাঁ না 是 否 有 无 無 免费 免費 はい いいえ "
    "なし 無料 예 아니요 없음 무료".split()
)
# The first entry of a menu: no list of places or subjects begins with it.
HOME = frozenset(
    "home homepage startseite start accueil inicio portada principal início capa principale voorpagina forside framside "
    "etusivu hem strona główna úvod domů főoldal acasă αρχική главная головна anasayfa beranda الرئيسية خانه ראשי होम "
    "মুখ্য হোম প্রচ্ছদ 首页 首頁 主页 主頁 ホーム トップ 홈 menu menü menú meniu меню 菜单 選單 メニュー 메뉴".split()
    + ["ana sayfa", "strona główna", "trang chủ", "صفحه اصلی", "דף הבית", "मुख्य पृष्ठ", "প্রথম পাতা", "página inicial"]
)


@cache
def any_of(*parts: str) -> Pattern[str]:
    """The pattern that finds one of the parts, made when it is first asked for."""
    return compiled("|".join(parts), IGNORECASE)
