"""Labels, buttons, slogans and lists that a text makes its own, each with its near opposite, which goes."""

import pytest

from cleaner import Cleaner

FIRST = "The council met on Monday evening and agreed to close the old bridge for a whole year, he said."
SECOND = (
    "Work is to begin in the first week of March, the mayor told the members after the long vote."
)
THIRD = (
    "A ferry is to run twice an hour from the old landing, free of charge for all who live there."
)

# What stays, the line of its near opposite that goes, and that opposite.
PAIRS = {
    "sections of one paragraph each": (
        f"Minutes\n\n{FIRST}\n\nGate\n\n{SECOND}\n\nAdvertising\n\nNone was sold, which was as well.\n\n"
        f"Advertisement\n\n{THIRD}\n\nFog\n\n{FIRST}\n\nSwans\n\n{SECOND}\n",
        "Advertisement",
        f"Minutes\n\n{FIRST}\n\nGate\n\n{SECOND}\n\nAdvertisement\n\n{THIRD}\n\nFog\n\n{FIRST}\n\n{SECOND}\n",
    ),
    "a label alone on a page without cruft": (
        f"{FIRST}\n\nRead more\n\n{SECOND}\n",
        "Read more",
        f"{FIRST}\n\nRead more\n\n{SECOND}\n\nSubscribe to our newsletter\n",
    ),
    "a button that is told of": (
        f"Open the page of the bank. Choose the second card.\n\nCopy link\n\n"
        f"Press this button once and wait for the bell.\n\n{THIRD}\n",
        "Copy link",
        f"{FIRST}\n\nCopy link\n\nPress this button once and wait for the bell.\n\n{THIRD}\n",
    ),
    "a slogan on a wall": (
        f"{FIRST} On the wall there were still the slogans of last year.\n\nDonate now!\n\n{SECOND}\n",
        "Donate now!",
        f"{FIRST} On the wall there was still the snow of last year.\n\nDonate now!\n\n{SECOND}\n",
    ),
    "as many lines as the text says": (
        f"{FIRST}\n\nOn the door there hang five cards of tin:\n\nBells\nMost read\nLamps\n"
        f"Ropes\nOars\n\n{THIRD}\n",
        "Most read",
        f"{FIRST}\n\nOn the door there hang four cards of tin.\n\nMost read\nThe bells of Osk\n"
        f"Why the lamps were put out\nHow the ropes are made\nWho stole the oars\n\n{THIRD}\n",
    ),
    "the words in a sentence": (
        f"{FIRST}\n\nNow it only says\n\nAccept all cookies\n\nand nothing else, whatever I press.\n",
        "Accept all cookies",
        f"{FIRST}\n\nNow it is shut.\n\nAccept all cookies\n\nSubscribe to our newsletter\n",
    ),
    "terms and what they mean": (
        "Words of the trade\n\nLea también: llamada que nadie sigue.\nRecuadro: texto dentro de un cuadro.\n"
        f"Titular: texto grande.\n\n{FIRST}\n",
        "Lea también: El consejo cierra el puente viejo por un año",
        "El consejo decidió el lunes cerrar el puente viejo durante un año, dijo el alcalde.\n\n"
        "Lea también: El consejo cierra el puente viejo por un año\n\n"
        "Las obras empiezan en la primera semana de marzo, dijo el alcalde después del voto.\n",
    ),
    "a sentence of a banner in a text about cookies": (
        f"Our cookies\n\n{FIRST}\n\nWe use cookies to improve your experience.\n\n{SECOND}\n",
        "We use cookies to improve your experience.",
        f"Our bridges\n\n{FIRST}\n\nWe use cookies to improve your experience.\n\n{SECOND}\n",
    ),
    "a title of small print": (
        f"All rights reserved\n\n{FIRST}\n\n{SECOND}\n",
        "All rights reserved",
        f"{FIRST}\n\n{SECOND}\n\nAll rights reserved\n",
    ),
    "things that are counted": (
        f"{FIRST}\n\nNew this week:\n\n1. Pears\n2. Plums\n",
        "1. Why the ferry will not run on Sundays",
        f"{FIRST}\n\nRelated articles\n\n1. Why the ferry will not run on Sundays\n"
        "2. How the old bridge was built in a winter\n",
    ),
    "lines of a song": (
        f"{FIRST}\n\nRead on, read on, the page is turning\nContinue reading\n"
        f"Scroll down, scroll down, the lamp is burning\nLow, and the boat is leaving\n\n{SECOND}\n",
        "Continue reading",
        f"{FIRST}\n\nRead on and see the page is turning\nContinue reading\n"
        f"The lamp is burning on the landing\nNobody saw the boat leaving\n\n{SECOND}\n\nAdvertisement\n",
    ),
}


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.mark.parametrize("name", PAIRS)
def test_it_stays(cleaner: Cleaner, name: str) -> None:
    assert cleaner.clean(PAIRS[name][0]).text == PAIRS[name][0]


@pytest.mark.parametrize("name", PAIRS)
def test_its_near_opposite_goes(cleaner: Cleaner, name: str) -> None:
    _, line, text = PAIRS[name]
    assert line in [cut.text.strip() for cut in cleaner.clean(text).cuts]
