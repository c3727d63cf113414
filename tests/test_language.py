"""The guess at a text's language, which only reports name."""

from pathlib import Path

import pytest

import cleaner
from cleaner.language import guess, likely

TEXTS = {
    "en": "The council met on Monday and agreed to close the old bridge for a year, as it was not safe.",
    "de": "Der Rat hat am Montag beschlossen, die alte Brücke für ein Jahr zu sperren.",
    "fr": "Le conseil a décidé lundi de fermer le vieux pont pour un an, car il n'est plus sûr.",
    "es": "El consejo decidió el lunes cerrar el puente viejo por un año, porque no es seguro.",
    "it": "Il consiglio ha deciso lunedì di chiudere il vecchio ponte per un anno, perché non è più sicuro.",
    "nl": "De raad heeft maandag besloten de oude brug voor een jaar te sluiten, want die is niet veilig.",
    "pl": "Rada postanowiła w poniedziałek zamknąć stary most na rok, bo nie jest bezpieczny dla ludzi.",
    "tr": "Meclis pazartesi günü eski köprüyü bir yıl için kapatma kararı aldı, çünkü çok eski.",
    "fi": "Valtuusto päätti maanantaina sulkea vanhan sillan vuodeksi, koska se ei ole turvallinen.",
    "ru": "Совет в понедельник решил закрыть старый мост на год, потому что он не безопасен для людей.",
    "el": "Το συμβούλιο αποφάσισε τη Δευτέρα να κλείσει την παλιά γέφυρα για ένα χρόνο.",
    "ar": "قرر المجلس يوم الاثنين إغلاق الجسر القديم لمدة عام، لأنه لا يمكن أن يكون آمنا في هذا الوقت.",
    "ja": "市議会は月曜日、古い橋を一年間閉鎖することを決めた。",
    "zh": "市议会星期一决定将旧桥关闭一年，因为它已经不安全。",
    "ko": "시의회는 월요일 낡은 다리를 일 년 동안 폐쇄하기로 했다.",
    "he": "המועצה החליטה ביום שני לסגור את הגשר הישן למשך שנה.",
    "ca": "El ple ha aprovat dilluns tancar el pont vell durant un any, amb els vots a favor de tots.",
    "gl": "O pleno aprobou o luns pechar a ponte vella durante un ano, cos votos dos grupos todos.",
    "is": "Bæjarstjórn samþykkti á mánudag að loka gömlu brúnni í eitt ár og opna ekki fyrr en í mars.",
    "af": "Die raad het besluit om die ou brug vir 'n jaar te sluit omdat dit nie veilig is nie.",
    "et": "Volikogu otsustas vana silla aastaks sulgeda, sest see ei ole ohutu, aga mis siis saab?",
    "lt": "Taryba nusprendė metams uždaryti senąjį tiltą, o mokyklos iš kitos pusės į darbą nevyks.",
    "lv": "Dome pirmdien nolēma uz gadu slēgt veco tiltu, bet satiksme tiks novirzīta pa jauno.",
    "sl": "Občinski svet je sklenil, da bo stari most zaprt eno leto, ker ni varen za ljudi.",
    "hr": "Vijeće je odlučilo zatvoriti stari most na godinu dana, te će se promet preusmjeriti nakon toga.",
    "sr": "Веће је одлучило да затвори стари мост на годину дана и да ће се радови наставити.",
    "sk": "Zastupiteľstvo rozhodlo, že starý most bude na rok uzavretý, ale práce sa začnú v marci pre dážď.",
    "bg": "Съветът реши да затвори стария мост за една година и ще го отвори през март.",
    "ms": "Majlis memutuskan untuk menutup jambatan lama selama setahun kerana kerja pembaikan, kata beliau.",
    "sw": "Baraza liliamua kulifunga daraja la zamani kwa mwaka mmoja kwa sababu ya matengenezo ya barabara.",
    "th": "สภาเมืองมีมติเมื่อวันจันทร์ให้ปิดสะพานเก่าเป็นเวลาหนึ่งปีเพื่อซ่อมแซม",
    "hi": "परिषद ने सोमवार को पुराने पुल को एक साल के लिए बंद करने का फैसला किया।",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=list(TEXTS))
def test_a_sentence_tells(code: str, text: str) -> None:
    assert guess(text) == code


@pytest.mark.parametrize("text", ["", "   \n", "12 34", "Tarn", "Xq zv wq rt pl kk ss ww yy"])
def test_too_little_tells_nothing(text: str) -> None:
    assert guess(text) == ""


def test_the_report_says_whether_there_are_rules_for_it() -> None:
    english = cleaner.clean(TEXTS["en"]).report()
    assert (english["language"], english["covered"]) == ("en", True)
    unknown = cleaner.clean("").report()
    assert (unknown["language"], unknown["covered"]) == ("", False)
    none = cleaner.Cleaner(packs=[]).clean(TEXTS["en"]).report()
    assert (none["language"], none["covered"]) == ("en", False)


def test_a_word_of_one_language_tells_more_than_one_of_many() -> None:
    text = "O aviso dizia que havia dois botões e que o segundo levava a muitas opções, disse a autora."
    assert guess(text) == "pt"
    assert "sk" not in likely(text)


def test_neighbours_are_likely_too() -> None:
    assert likely(TEXTS["en"]) == {"en"}
    assert likely(TEXTS["ja"]) == {"ja"}
    assert {"da", "no"} <= likely(
        "Rådet besluttede mandag at lukke den gamle bro for et år og er på vej."
    )
    assert likely("") == set()


def test_a_rule_of_one_language_is_not_heard_in_another(tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        'category = "social"\nstates = "x"\n[[rule]]\nid = "social.da-own"\nstates = "x"\n'
        'languages = ["da"]\nscope = "line"\nphrases = ["zyxomat"]\nconfidence = 0.95\n'
        'remove = ["Zyxomat", "zyxomat"]\nkeep = ["Zyxomat er her.", "Den zyxomat"]\n'
    )
    danish = "Rådet besluttede mandag at lukke den gamle bro for et år, og det er ikke let."
    own = cleaner.Cleaner(rules=[pack])
    assert own.clean(f"{danish}\n\nZyxomat\n").text == f"{danish}\n"
    english = f"{TEXTS['en']}\n\nZyxomat\n"
    assert own.clean(english).text == english
