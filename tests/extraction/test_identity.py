"""Who the mentions of a text are."""

from __future__ import annotations

import pytest

from reader.core.quotation import Extraction, SpeakerKind
from reader.extraction.identity import resolve
from tests.extraction.marked import MarkedStory, marked, names, stories


def read(source: str) -> Extraction:
    story = marked("a story", source)
    return resolve(story.text, story.found)


@pytest.mark.parametrize("story", list(stories()), ids=lambda s: s.title)
def test_every_mention_of_a_story_gets_the_right_name(story: MarkedStory) -> None:
    given = names(story, resolve(story.text, story.found))
    wrong = [
        (item.mention.text(story.text), name, given[item.mention])
        for item, name in zip(story.found, story.names, strict=True)
        if item.mention is not None and given[item.mention] != name
    ]
    assert wrong == []


def test_a_role_is_kept_as_written_without_its_article() -> None:
    extraction = read(
        'Former senior Ostrian diplomat Ilse Brandt left. "It is over," [[Brandt|x]] said.\n\n'
        '"No," said [[Tomas Vrba, a baker from Lom|x]].\n\n'
        'Vera Molnar, 43, the spokeswoman for the mill, was calm. "Yes," [[Molnar|x]] said.\n\n'
        '"So be it," said [[Ole Ferdinand, who is now an analyst in Oslo|x]].'
    )
    assert [(s.name, s.role) for s in extraction.speakers] == [
        ("Ilse Brandt", "Former senior Ostrian diplomat"),
        ("Tomas Vrba", "baker from Lom"),
        ("Vera Molnar", "spokeswoman for the mill"),
        ("Ole Ferdinand", "analyst in Oslo"),
    ]


def test_other_forms_of_a_name_are_aliases_and_mentions() -> None:
    source = (
        'Ann B. Lee spoke. "Go," [[Lee|x]] said. "Now," [[Ann Lee|x]] said. '
        '[[She|x]] added "please".'
    )
    story = marked("a story", source)
    (speaker,) = resolve(story.text, story.found).speakers
    assert (speaker.name, speaker.aliases) == ("Ann B. Lee", ("Lee", "Ann Lee"))
    assert [m.text(story.text) for m in speaker.mentions] == ["Ann B. Lee", "Lee", "Ann Lee", "She"]


def test_those_without_a_name_keep_their_description() -> None:
    extraction = read(
        '"We are tired," [[a senior official|x]] said.\n\n[[Analysts|x]] said it was "late".'
    )
    assert [(s.name, s.named, s.kind) for s in extraction.speakers] == [
        ("a senior official", False, SpeakerKind.PERSON),
        ("Analysts", False, SpeakerKind.GROUP),
    ]


def test_a_quotation_without_a_mention_has_no_speaker() -> None:
    story = marked("a story", '"Go," [[Lee|x]] said.')
    alone = tuple(type(f)(f.content, f.kind) for f in story.found)
    extraction = resolve(story.text, alone)
    assert extraction.speakers == ()
    assert extraction.quotations[0].speaker is None


def test_look_alike_names_stay_apart() -> None:
    extraction = read('"Go," [[Ann Peel|x]] said.\n\n"Stay," [[Ann Рeel|x]] said.')
    assert len(extraction.speakers) == 2


def test_a_husband_and_a_wife_are_told_apart_by_their_titles() -> None:
    extraction = read(
        "Bill and Hillary Quinton came. "
        '"I came," [[Mr. Quinton|x]] said. "So did I," [[Mrs. Quinton|x]] said.'
    )
    assert [s.name for s in extraction.speakers] == ["Bill Quinton", "Hillary Quinton"]


def test_two_who_speak_together_are_a_group() -> None:
    extraction = read('"We agree," [[Ann Lee and Bob Ray|x]] said. "Fully," [[they|x]] added.')
    assert [(s.name, s.kind) for s in extraction.speakers] == [
        ("Ann Lee and Bob Ray", SpeakerKind.GROUP)
    ]


def test_a_seat_of_government_and_the_ministry_in_it_are_one_under_the_seats_name() -> None:
    extraction = read(
        "[[The U.S. Defense Department|x]] said they talked.\n\n"
        '"We look for ways," [[the Pentagon|x]] said.'
    )
    assert [(s.name, s.aliases, s.kind) for s in extraction.speakers] == [
        ("Pentagon", ("U.S. Defense Department",), SpeakerKind.ORGANISATION)
    ]


def test_why_says_in_plain_words_whom_a_pronoun_means() -> None:
    extraction = read('Aydin Temel left. "It is far," [[he|x]] said.')
    assert extraction.quotations[0].why[-1] == "“he” is Aydin Temel: named in the sentence before"


def test_a_pronoun_is_less_sure_than_a_name() -> None:
    extraction = read('Ole Berg met Jan Dahl. "Yes," [[he|x]] said. "Go," [[Ole Berg|x]] said.')
    pronoun, name = extraction.quotations
    assert pronoun.confidence < name.confidence <= 1.0


def test_a_story_of_no_quotations_has_no_speakers() -> None:
    assert resolve("Ann Lee went home.", ()) == Extraction()


def test_he_after_somebody_without_a_name_is_not_made_somebody_with_one() -> None:
    extraction = read(
        'Mayor Ole Berg was away. "It shook," [[a miner|x]] said. "Twice," [[he|x]] said.'
    )
    assert [s.name for s in extraction.speakers] == ["a miner"]


def test_the_deputy_prime_minister_is_not_the_prime_minister() -> None:
    extraction = read(
        "Prime Minister Ann Lee spoke to Bob Ray. "
        '"I am tired," [[the deputy prime minister|x]] said.'
    )
    assert [(s.name, s.named) for s in extraction.speakers] == [
        ("the deputy prime minister", False)
    ]


def test_a_description_may_come_before_the_name_it_fits() -> None:
    extraction = read(
        '"We will pay," [[the Ostrian trade minister|x]] said on Monday.\n\n'
        "Ostrian Trade Minister Vera Molnar was speaking in Lom."
    )
    assert [s.name for s in extraction.speakers] == ["Vera Molnar"]


def test_a_spokeswoman_for_a_named_man_is_not_that_man() -> None:
    extraction = read('"No," said [[a spokeswoman for the minister, Oskar Tveit|x]].')
    assert [s.named for s in extraction.speakers] == [False]


def test_an_acronym_in_brackets_is_the_body_before_it() -> None:
    extraction = read(
        "The Northern Fishing Union (NFU) met in Lom.\n\n"
        '"We sail," [[the NFU|x]] said. "Soon," [[the union|x]] added.'
    )
    assert [s.name for s in extraction.speakers] == ["Northern Fishing Union"]


def test_the_author_of_a_first_person_piece_is_named_in_the_note_below_it() -> None:
    extraction = read(
        'It rained. "Go," [[I|x]] said to the dog. He went.\n\n'
        "Ann Lee is a writer in Lom and has no dog now."
    )
    assert [s.name for s in extraction.speakers] == ["Ann Lee"]
