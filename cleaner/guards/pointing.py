"""What the text beside a line says of it: that it stood on a sign, that it is to be pressed."""

from ..anycase import AnyCase
from ..late import LatePattern
from ..page import Page

__all__ = ["announces", "instructs", "refers"]

# How the line below words that a text shows speaks of them: "So it says on the board", "Under it …".
_REFERS = AnyCase(
    r"\W{0,3}(?:"
    r"this one |(?:one|two|three|four) words?\b|(?:the|this|that) (?:instruction|phrase|label|button)\b"
    r"|(?:he|she|they|somebody) (?:painted|wrote|carved|sang|shouted|had) (?:that|this|it|these)\b"
    r"|i (?:pressed|tapped|clicked|did|sent|said|whispered|shouted)(?: (?:it|that|this)\b|[.,])"
    r"|that (?:is|was) (?:all|what|how) (?:it|that|the)\b|the last words? "
    r"|th(?:is|at) (?:is|was) (?:all|what) (?:\w+ ){1,4}(?:saw|sees?|read|heard|got)\b"
    r"|th(?:is|at) (?:is|was) (?:his|her|their) (?:\w+ )?(?:line|words?|slogan|motto)\b"
    r"|the (?:card|lamp|label|sticker|tag|screen|display) (?:\w+ ){0,5}(?:said|says|showed|shows|read)"
    r" (?:so|that|this|what|it)\b"
    r"|(?:so|that is what) (?:reads?|says|said|it (?:says|said|reads?)|the (?:sign|board|poster|note)s?)\b"
    r"|(?:the|this|that|these|those) (?:signs?|board|poster|placard|slogan|motto|words|notice|sentence)\b"
    r"|(?:under|below|beneath|beside) (?:it|that|these|those|the words?)\b"
    r"|so (?:steht|stand|heißt|hieß|lautet|las)|das (?:steht|stand|rief|ruft)\b"
    r"|unter (?:diesem|dem wort)|darunter (?:war|stand|hing|ist)"
    r"|(?:das|dieses|auf dem) (?:schild|plakat|wort|motto)\b"
    r"|(?:der|dieser|mit diesem) (?:satz|spruch|slogan|aufruf)\b"
    r"|ainsi (?:disait|dit|parle)|c['’](?:est|était) (?:ce que|ainsi|le slogan|écrit)|sous ces mots"
    r"|(?:le|ce) (?:panneau|slogan|mot d['’]ordre)\b"
    r"|il y avait [^.]{0,40}sous ces mots"
    r"|as[íi] (?:dec[íi]a|dice|reza|rezaba|se llama(?:ba)?)|es[ea] (?:es|era) (?:el|la)|debajo"
    r"|el (?:cartel|letrero|lema)\b"
    r"|così (?:diceva|dice|recita|c['’]era|si chiama(?:va)?)|sotto (?:c['’]era|la scritta)"
    r"|(?:il|quel) (?:cartello|motto)\b|lo slogan\b"
    r"|era (?:o|esse o) (?:nome|lema)|assim (?:dizia|diz|se)|por baixo|(?:o|esse) (?:cartaz|letreiro|lema)\b"
    r"|així deia|(?:el|aquest) (?:cartell|eslògan)\b|aquesta frase\b"
    r"|zo (?:staat|stond|luidt)|(?:het|dat) bord(?:je)?\b|daaronder|eronder"
    r"|tak (?:brzmi\w*|głosi\w*)|pod (?:spodem|tym napisem|tím|nápisem)|(?:ten|taki) (?:napis|nápis)"
    r"|(?:to|tak) (?:stálo|stojí) na"
    r"|так (?:гласи\w+|было написано|написано|было|називал\w*|называл\w+)"
    r"|(?:под|під) (?:слов\w+|надпис\w+|написом)|(?:эта|эти|этот|цей|ці) (?:надпись|слова|лозунг|напис)"
    r"|så (?:står|stod|lyder|lød)|under (?:det|ordet|ordene|orden)"
    r"|(?:skylten|skiltet|plakaten|affischen|slagordet)\b"
    r"|(?:näin|niin) (?:luki|lukee|kuuluu)|(?:így|ez) (?:állt|áll|olvasható)|a (?:tábla|felirat)\b|alatta\b"
    r"|(?:așa|astfel) (?:scria|scrie|suna)|dedesubt|(?:afișul|panoul|sloganul)\b|böyle yaz"
    r"|bu (?:sözler|slogan|tabela)|altında\b"
    r"|(?:έτσι|αυτό) (?:έγραφε|γράφει|έλεγε)|από κάτω|(?:begitu|demikian) (?:bunyi|tulis)|di bawahnya"
    r"|dòng chữ|tấm biển|bên dưới"
    r"|(?:هكذا|هذا ما) |تحتها |اللافتة |این جمله |زیر آن |תחת זה|מתחת|השלט |यह लिखा |नीचे |এই কথা|নিচে "
    r"|[這这]句|牌子上|下面|底下|その下|この言葉|看板|그 아래|이 문구|간판"
    # "That is the title of the book", of a heading that is a title itself.
    r"|(?:that|this|it|so) (?:is|was|ran) (?:the|also the|what|how) (?:title|name|headline|question|line)\b"
    r"|(?:das|dies) (?:ist|war) (?:der|auch der) (?:titel|name)"
    r"|(?:dieses|dieser|diese) (?:hing|stand|stammt|kommt)"
    r"|das letzte hing|c['’](?:est|était) (?:le|aussi le) (?:titre|nom)|celle-ci|celui-ci"
    r"|le dernier mot\b|este (?:viene|colgaba|está)|la última palabra\b"
    r"|[èe] (?:il|anche il) (?:titolo|nome)|è il titolo|questo (?:viene|era)|l['’]ultima parola\b"
    r"|é o (?:título|nome)|este (?:vem|veio)|a última palavra\b|așa (?:se numește|se cheamă)|acesta e titlul"
    r"|zo (?:heet|heette)|så (?:heter|hette|hedder|hed)|slik (?:heter|het|står|sto)"
    r"|sådan (?:hedder|hed|står|stod)"
    r"|se on (?:sen |myös )?|niin (?:sanoi|luki)"
    r"|tak (?:nazyw\w+ się|się nazyw\w+|mówił\w*|se jmenuje|se jmenovala?)"
    r"|так (?:называ\w+|назива\w+|говорил\w*|казал\w*)|ez (?:a|volt a) címe"
    r"|έτσι (?:λέγ\w+|λεγόταν|ονομάζ\w+)|begitulah"
    r"|这是[^。]{0,16}(?:书名|名字|标题)|それが|그것이|هذا هو (?:عنوان|اسم)"
    r")",
)

# What bears words: the last sentence above names it, and below it stand the words.
_BEARS = AnyCase(
    r"\b(?:posters?|placards?|banners? (?:said|read|hung)|slogans?|chant(?:s|ed|ing)?|leaflets?|stickers?"
    r"|signboards?|blackboard|graffiti|loudspeakers?|megaphones?|the screen|t-shirts?|chalked"
    r"|the (?:ones?|lines?|words?|names?|buttons?) below"
    r"|one (?:line|word|sentence|button) only|a single (?:line|word|sentence)|only one (?:line|word|sentence)"
    r"|plakate?n?|transparente?n?|spruchbänder\w*|parolen?|schilde?r?n?|aufkleber\w*|büchsen?|lautsprecher\w*"
    r"|(?:nur|bloß) (?:noch )?ein (?:wort|satz)|auf dem bildschirm|sprechchor\w*|kreide"
    r"|affiches?|pancartes?|banderoles?|slogans?|haut-parleurs?|un seul mot|une seule (?:ligne|phrase)"
    r"|(?:les|des) cris"
    r"|en la pantalla|à l[’']écran|sullo schermo|na tela|op het scherm|на экране|на екрані|na ekranie"
    r"|na obrazovce"
    r"|pancartas?|carteles|cartel|letreros?|lemas?|consignas?|altavo(?:z|ces)|tiza"
    r"|una sola (?:palabra|línea|frase)"
    r"|(?:la|una) radio\b[^.]{0,30}(?:repetía|anuncios)"
    r"|cartelli|striscioni?|slogan|manifesti|altoparlant[ei]|gesso|una sola (?:parola|riga|frase)"
    r"|cartaz(?:es)?|faixas|palavras de ordem|letreiros?|giz|uma só (?:palavra|linha|frase)"
    r"|borden|spandoek\w*|leuzen?|aanplakbiljet\w*|krijt|plakat\w*|skyltar\w*|paroller\w*|banderoller\w*"
    r"|skilte\w*"
    r"|slagord\w*|kritt?|kridt|iskulause\w*|kyltti?\w*|kyltei\w*|juliste\w*|liidulla"
    r"|plakat(?:y|ach|ów)|transparent(?:y|ach|ów)|hasł[aoe]\w*|napis\w*|kredą|nápis\w*|hesla?"
    r"|transparenty|křídou"
    r"|плакат\w*|лозунг\w*|надпис\w*|вывеск\w*|транспарант\w*|гасл\w*|напис\w*|крейдою|мелом"
    r"|lozinc\w+|pancart\w+|afișe\w*|cretă|tábl[áa]\w*|jelszav\w*|plakátok\w*|krétával|afiş\w*|slogan\w*"
    r"|pankart\w*"
    r"|(?:two|three|both) buttons|(?:zwei|beide) (?:knöpfe|schaltflächen|buttons)|deux boutons|dos botones"
    r"|due pulsanti|dois botões|twee knoppen|(?:två|to) knapp(?:ar|er)|kaksi painiketta|dwa przyciski"
    r"|dvě tlačítka|(?:две|дві) кнопки|două butoane|két gomb|iki düğme|δύο κουμπιά|dua tombol|hai nút"
    r"|cartells?|eslògans?|guix|una sola (?:paraula|línia)"
    r"|heslá|kriedou|тебешир|kredom|gesla|kredo|пароле|кредом"
    r"|πανό|συνθήματα|αφίσες|πινακίδ\w+|spanduk|poster|papan|selembar kertas|plang|bertuliskan"
    r"|biểu ngữ|khẩu hiệu|tờ giấy|tấm bảng|bảng hiệu|tấm biển|dòng chữ|bango|mabango)\b"
    r"|(?:二|2)つのボタン|[两兩](?:个|個)按[钮鈕]|두 개의 버튼|버튼이 두|زران|שני כפתורים"
    r"|标语|標語|牌子|海报|海報|横幅|看板|標語|ポスター|貼り紙|張り紙|と書かれ|と書いてあ|札が"
    r"|纸条|紙條|字条|告示|写着|寫著|현수막|표어|포스터|팻말|쪽지|종이 한 장|적혀 있|쓰여 있|안내문"
    r"|तख्ती|पर्चा|पर्ची|नारा|সাইনবোর্ড|ব্যানার|পোস্টার|স্লোগান|کاغذی|تابلو\w*|پلاکارد\w*"
    r"|مكتوب\w*|פתק|כרזה|لافت\w*|لوح\w*|ملصق\w*|شعار\w*|שלט\w*",
)
_SENTENCE = LatePattern(r"(?<=[.!?…。！？])\s*(?=\S)")
_BEARER_CHARS = 240  # of the end of the line above
# "Tap it once": what tells somebody how to use a page or an app, at the start of a sentence.
_INSTRUCTION = (
    r"(?:(?:then|now|dann|nun|puis|luego|poi|depois) )?(?:"
    r"(?:press|tap|swipe|scroll|click|choose|select|tick|untick) (?:it|this|that|the|on|one|any|down|up"
    r"|your|a)\b"
    r"|open (?:the|your) (?:app|page|post|menu|settings|browser|file|article|story)\b"
    r"|go to (?:the|your) (?:page|settings|menu)\b"
    r"|(?:öffnen|klicken|tippen|drücken|wählen|scrollen) sie\b|geben sie [^.]{0,40}ein\b"
    r"|gehen sie (?:auf|zu)\b"
    r"|(?:ouvrez|appuyez|cliquez|choisissez|sélectionnez|collez)\b"
    r"|(?:abr[ea]|puls[ea]|ha(?:z|ga) clic|elig?[ej]a?|seleccion[ea]|to(?:ca|que) (?:el|la|en)|pega)\b"
    r"|(?:aprite|premete|premi|cliccate|clicca|sceglie(?:te)?|scegli|selezionate?|seleziona|incollate?)\b"
    r"|(?:abra|toque|clique|escolha|selecione|pressione|cole) (?:a|o|na|no|em|este|esta)\b"
    r"|(?:open (?:het|de)|druk op|klik op|kies|tik op|ga naar)\b"
    r"|(?:öppna|åpne|åbn|tryck|trykk|tryk|klicka|klikk|klik|välj|velg|vælg)\b"
    r"|(?:avaa|paina|napsauta|napauta|valitse)\b"
    r"|(?:otwórz|naciśnij|kliknij|wybierz|dotknij|otevřete|stiskněte|klikněte|klepněte|vyberte)\b"
    r"|(?:откройте|нажмите|выберите|кликните|коснитесь|відкрийте|натисніть|виберіть|оберіть)\b"
    r"|(?:prem(?:eu|i|a|e)|cliqueu|clica|obriu|trieu|tria|enganxeu|selecciona|seleccioneu)\b"
    r"|(?:escoll[ea]|fai clic)\b"
    r"|(?:otvorte|stlačte|kliknite|vyberte|ťuknite|otvorite|pritisnite|odaberite|izaberite|dodirnite|odprite)\b"
    r"|(?:izberite|tapnite|отворете|натиснете|изберете|кликнете|докоснете|отворите|притисните|изаберите)\b"
    r"|(?:deschideți|apăsați|alegeți|selectați|nyissa|kattintson|válassza|koppintson|nyomja)\b"
    r"|(?:ανοίξτε|πατήστε|επιλέξτε)\b|(?:tekan|klik|pilih|ketuk)\b|(?:nhấn|bấm|chọn)\b"
    r"|(?:打开|点击|点按|选择|按下|點擊|選擇)|(?:افتح|اضغط|اختر|انقر)\b|(?:פתחו|לחצו|בחרו)\b"
    r")"
)
_INSTRUCTS = AnyCase(_INSTRUCTION)
_INSTRUCTS_INSIDE = AnyCase(rf"[.!?:;。)](?:(?<!\))\s*|(?<=\d\))\s+){_INSTRUCTION}")
_INSTRUCTED = AnyCase(
    r"(?:tıklayın|basın|seçin|açın)[.!]|(?:押し|選び|クリックし|タップし)(?:ます|てください)"
    r"|(?:누르|선택하|클릭하)(?:세요|십시오)|(?:누릅|선택합|클릭합)니다",
)
_BUTTON = AnyCase(
    r"\b(?:(?:(?:this|that|the \w+) button|diese[rn]? knopf|ce bouton|este bot(?:ón|ão)|questo pulsante"
    r"|deze knop|ten przycisk|toto tlačítko|(?:эту|цю) кнопку)\b|denn[ae] knap)",
)
_INSTRUCTION_CHARS = 400
_REFERRING_WORDS = 6
_TELLING_WORDS = 3


def refers(page: Page, index: int) -> bool:
    """Whether the line speaks of words that stand above it, as a text does that quotes a sign or a slogan."""
    return (
        index not in page.claims
        and page.ends_sentence(index)
        and page.wordy(index, _REFERRING_WORDS)
        and _REFERS.begins(page.texts[index])
    )


def announces(page: Page, above: int, below: int) -> bool:
    """Whether the last sentence above names what bears words, and the text goes on below."""
    if not (_tells(page, above) and _tells(page, below)):
        return False
    last = _SENTENCE.split(page.text(above)[-_BEARER_CHARS:])[-1]
    return _BEARS.finds(last)


def instructs(page: Page, above: int, below: int) -> bool:
    """Whether the text above and the text below tell how to use a page, so that the line is a button."""
    if not (_tells(page, above) and _tells(page, below)):
        return False
    texts = [page.texts[at][:_INSTRUCTION_CHARS] for at in (above, below)]
    return all(map(_instructs, sorted(texts, key=len)))


def _instructs(text: str) -> bool:
    return (
        _INSTRUCTS.begins(text)
        or _INSTRUCTS_INSIDE.finds(text)
        or _BUTTON.finds(text)
        or _INSTRUCTED.finds(text)
    )


def _tells(page: Page, index: int) -> bool:
    return (
        index not in page.claims and page.ends_sentence(index) and page.wordy(index, _TELLING_WORDS)
    )
