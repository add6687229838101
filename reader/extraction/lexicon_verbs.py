"""Verbs that introduce or carry what somebody said or thought, with all their forms.

Written for this project from general knowledge of English news prose. `speech` verbs tell of an
act of saying, writing or otherwise making something known; `thought` verbs of an opinion, wish,
plan or perception.
"""

from __future__ import annotations

import re

SPEECH = (
    """
accuse acknowledge add address admit admonish advise advocate affirm agree allege allude announce
answer apologise apologize appeal applaud argue articulate ask assail assert assess assure attest
aver avow bark beg bellow bemoan berate blame blast bleat blog bluster blurt boast brag brand
brief broadcast call castigate caution challenge chant characterise characterize charge chastise
chide chime claim clarify coin comment commend compare complain concede conclude condemn confess
confide confirm congratulate contend continue contradict counter cite crack criticise criticize
croon crow cry dare debunk decline declare decry deem defend demand demur denounce deny depict
deplore deride describe detail deadpan deliver dictate disagree disclose discuss dismiss dispute
divulge drawl dub echo elaborate emphasise emphasize enquire enthuse estimate exclaim exhort
explain expound express extol extoll forecast fume gasp giggle greet gripe grouse growl grumble
gush hail hint howl hypothesise hypothesize implore imply indicate inform inquire insinuate insist
instruct interject interrupt intone invite invoke jeer jest joke joked judge label lambast
lambaste lament laud laugh lecture maintain mention moan mock mourn mumble murmur muse mutter name
narrate note notify object observe offer opine order outline paraphrase plead pledge point ponder
portray posit post postulate praise preach predict press proclaim profess project promise
pronounce propose protest prophesy question quibble quip quiz quote rage rail rant rave read
reaffirm reason reassert reassure rebuff rebuke rebut recall recite recommend recount refer
reflect refuse refute reject rejoin relate relay remark remember remind remonstrate reiterate
repeat reply report reprimand request respond restate retort retract retweet reveal ridicule riff
rule sang say scoff scold scream share shoot shout shriek sigh signal sing slam slate smear sneer
snap snarl sob speak speculate spell splutter sputter stammer state stipulate stress suggest sum
summarise summarize swear talk taunt tease tell term testify text thank theorise theorize threaten
thunder toast tout trumpet tweet umpire underline underscore update urge utter vent verify voice
volunteer vow wail warn whine whisper wonder write yell
"""
).split()

THOUGHT = (
    """
aim anticipate appear appreciate assume await back believe calculate care choose conceive consider
contemplate crave decide deduce deserve desire detect determine discover dislike doubt dread
embrace endorse enjoy envisage envision expect favor favour fear feel figure find follow forget
foresee grasp guess hate hear highlight hope identify ignore imagine infer intend judge know learn
like long look love mean mind need notice oppose perceive plan plot prefer presume pretend prove
push query realise realize reckon recognise recognize regard regret resent see seek seem sense
show study support suppose surmise suspect think threaten try trust understand uphold value view
vote want weigh welcome wish worry fret fantasise fantasize
"""
).split()

_IRREGULAR = {
    "say": "says said said saying", "tell": "tells told told telling", "write": "writes wrote written writing",
    "speak": "speaks spoke spoken speaking", "read": "reads read read reading", "sing": "sings sang sung singing",
    "swear": "swears swore sworn swearing", "spell": "spells spelled spelt spelling", "sum": "sums summed summed summing",
    "shoot": "shoots shot shot shooting", "think": "thinks thought thought thinking", "feel": "feels felt felt feeling",
    "find": "finds found found finding", "know": "knows knew known knowing", "see": "sees saw seen seeing",
    "mean": "means meant meant meaning", "hear": "hears heard heard hearing", "show": "shows showed shown showing",
    "understand": "understands understood understood understanding", "seek": "seeks sought sought seeking",
    "choose": "chooses chose chosen choosing", "forget": "forgets forgot forgotten forgetting",
    "foresee": "foresees foresaw foreseen foreseeing", "uphold": "upholds upheld upheld upholding",
    "plead": "pleads pleaded pleaded pleading", "beg": "begs begged begged begging", "quip": "quips quipped quipped quipping",
    "sob": "sobs sobbed sobbed sobbing", "quiz": "quizzes quizzed quizzed quizzing", "broadcast": "broadcasts broadcast broadcast broadcasting",
    "forecast": "forecasts forecast forecast forecasting", "refer": "refers referred referred referring",
    "prefer": "prefers preferred preferred preferring", "infer": "infers inferred inferred inferring",
    "demur": "demurs demurred demurred demurring", "aver": "avers averred averred averring", "rebut": "rebuts rebutted rebutted rebutting",
    "regret": "regrets regretted regretted regretting", "fret": "frets fretted fretted fretting",
}  # fmt: skip
_DOUBLING = frozenset("admit brag slam dub snap plan blog rebut beg crow sum label".split()) - {
    "crow",
    "label",
}
_NOT_REPORTING = frozenset(
    "order name address deliver shoot press project sum rage crack crow".split()
)


def _forms(verb: str) -> list[str]:
    """Base, -s, past, participle, -ing."""
    if verb in _IRREGULAR:
        return [verb, *_IRREGULAR[verb].split()]
    if re.search(r"[^aeiou]y$", verb):
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith("ee"):
        return [verb, verb + "s", verb + "d", verb + "d", verb + "ing"]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb + "d", verb[:-1] + "ing"]
    s = verb + ("es" if re.search(r"(s|x|z|ch|sh)$", verb) else "s")
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    return [verb, s, stem + "ed", stem + "ed", stem + "ing"]


def _table(verbs: list[str], sort: str) -> dict[str, tuple[str, str, str]]:
    out: dict[str, tuple[str, str, str]] = {}
    for verb in verbs:
        for form, tag in zip(_forms(verb), ("b", "s", "d", "d", "g"), strict=False):
            out.setdefault(form, (verb, tag, sort))
    return out


VERBS: dict[str, tuple[str, str, str]] = {**_table(THOUGHT, "t"), **_table(SPEECH, "s")}
"""Form in lower case -> (verb, form: b-ase, -s, -d past, -g ing, sort: s-peech or t-hought)."""


def is_reporting(word: str) -> bool:
    """Whether a lower-case word is a form of a verb of speech."""
    entry = VERBS.get(word)
    return entry is not None and entry[2] == "s"
