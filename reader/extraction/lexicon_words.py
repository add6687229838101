"""Closed-class words and small classes of nouns that carry structure. Written for this project."""

from __future__ import annotations

from reader.extraction.words import words_of

DETERMINERS = words_of("""
the a an this that these those some any no every each all both either neither another such
""")
PRONOUNS = words_of("""
he she they it i we you him her them us me one someone everyone anyone nobody everybody somebody
who whom himself herself itself themselves myself ourselves yourself something anything everything
nothing
""")
SUBJECT_PRONOUNS = words_of("""
he she they it i we you
""")
POSSESSIVES = words_of("""
his her their its my our your whose
""")
RELATIVES = words_of("""
who which that whom whose what when where why how whether if
""")
PREPOSITIONS = words_of("""
of in on at to for with from by about as into over after before between against during under
without through via near since until within among amid despite toward towards upon like than per
behind beyond above below across around along outside inside off out up down regarding concerning
following
""")
CONJUNCTIONS = words_of("""
and or but nor so yet because although though while whereas unless once
""")
AUXILIARIES = words_of("""
is are was were be been being am has have had having do does did done doing will would can could
may might must shall should won't wouldn't can't cannot couldn't isn't aren't wasn't weren't
hasn't haven't hadn't don't doesn't didn't shouldn't ain't isn’t aren’t wasn’t weren’t hasn’t
haven’t hadn’t don’t doesn’t didn’t shouldn’t won’t wouldn’t can’t couldn’t
""")
ADVERBS = words_of("""
not never also even just only still already again later earlier then now here there too very more
most less least much many well however instead meanwhile further once recently repeatedly often
always sometimes publicly reportedly allegedly apparently perhaps maybe yes no ever away back
rather almost simply previously ago soon today tomorrow yesterday tonight together
""")
CONTRACTED = frozenset(
    f"{word}'{rest}"
    for word in ("he", "she", "they", "it", "i", "we", "you", "who", "that", "there")
    for rest in ("d", "ll", "re", "ve", "m")
)
"""Pronouns that have swallowed the start of their verb."""

CLOSED_WORDS = (
    DETERMINERS
    | PRONOUNS
    | POSSESSIVES
    | RELATIVES
    | PREPOSITIONS
    | CONJUNCTIONS
    | AUXILIARIES
    | ADVERBS
    | words_of("""
according including other others same own few several lot let ok quote unquote
""")
)
"""Words used as themselves in features and rules."""

CLIPPED_WORDS = words_of("""
em tis twas til till cause cos coz bout n round nuff ere twill gainst neath tween cept fraid
""")
"""Words that are written with an apostrophe in front."""

TIMES = words_of("""
monday tuesday wednesday thursday friday saturday sunday mondays sundays morning afternoon evening
night week month year january february march april june july august september october november
december jan. feb. aug. sept. oct. nov. dec. weekend day days weeks months years hour hours minute
minutes season spring summer autumn fall winter moment time
""")
TITLES = words_of("""
mr mrs ms mx dr mr. mrs. ms. dr. prof prof. sir lady lord dame sen. sens. rep. reps. gov. govs.
lt. col. gen. maj. capt. sgt. cpl. adm. rev. senator senators representative representatives
congressman congresswoman governor president vice chancellor premier prime minister secretary
chairman chairwoman chair chairperson chief director mayor judge justice attorney general
professor doctor captain colonel sergeant lieutenant admiral ambassador king queen prince princess
pope bishop archbishop reverend father rabbi imam sheikh coach manager former ex speaker leader
officer inspector detective superintendent constable commissioner councillor councilman
councilwoman commander spokesman spokeswoman spokesperson press deputy assistant associate
co-founder founder ceo cfo author host candidate nominee republican democrat democratic analyst
reporter editor lawyer barrister
""")
PEOPLE = words_of("""
official officials spokesman spokeswoman spokesperson spokespeople spokesmen aide aides adviser
advisers advisor advisors strategist strategists analyst analysts expert experts critic critics
supporter supporters opponent opponents voter voters lawmaker lawmakers senator senators
politician politicians leader leaders lawyer lawyers attorney attorneys prosecutor prosecutors
judge judges police officer officers witness witnesses resident residents neighbour neighbours
neighbor neighbors doctor doctors nurse nurses scientist scientists researcher researchers
professor author authors writer writers reporter reporters journalist journalists editor editors
activist activists campaigner campaigners protester protesters student students teacher teachers
economist economists historian historians coach manager player captain owner founder director
executive executives chairman chairwoman chief president minister ministers secretary governor
mayor candidate candidates nominee man woman men women people person mother father parents son
daughter brother sister wife husband widow friend friends family families colleague colleagues
source sources insider insiders observer observers members member delegate delegates donor donors
republicans democrats conservatives liberals diplomat diplomats ambassador commander general
investigator investigators detective detectives pollster pollsters host moderator anchor
commentator commentators columnist worker workers farmer farmers survivor survivors victim victims
tourist tourists driver passenger boss bosses guy fans fan users user
""")
BODIES = words_of("""
department ministry campaign committee court government administration agency bureau commission
council union party group organisation organization company firm university institute foundation
association board office team police army navy military force forces army house senate congress
parliament cabinet newspaper paper magazine website network channel agency bank club federation
league charity hospital school church center centre coalition alliance times post journal news
report study poll survey statement document documents letter email emails lawsuit complaint
indictment filing article editorial memo bill law ruling book ad ads video film website page sign
""")
MESSAGES = words_of("""
statement statements comment comments remark remarks interview interviews speech speeches tweet
tweets email emails e-mail letter letters message messages post posts report reports press
conference briefing testimony article book op-ed essay blog memo note release question questions
answer answers claim claims call calls warning warnings criticism accusation accusations assertion
assertions argument arguments complaint complaints criticisms denial denials declaration
declarations announcements suggestions insistence contention testimonies verdict allegation
allegations announcement promise pledge argument suggestion request demand rumor rumors rumour
news words quote quotes slogan caption headline facebook twitter instagram reporters debate rally
""")
NUMBERS = words_of("""
one two three four five six seven eight nine ten dozen hundred hundreds thousand thousands million
millions billion
""")


def _light() -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for line in (
        "go goes went gone going", "put puts put put putting", "make makes made made making",
        "take takes took taken taking", "give gives gave given giving", "come comes came come coming",
        "get gets got got getting", "keep keeps kept kept keeping", "use uses used used using",
        "issue issues issued issued issuing", "send sends sent sent sending", "raise raises raised raised raising",
        "begin begins began begun beginning", "start starts started started starting", "turn turns turned turned turning",
        "release releases released released releasing", "publish publishes published published publishing",
        "draw draws drew drawn drawing", "lay lays laid laid laying", "set sets set set setting",
        "hold holds held held holding", "sign signs signed signed signing", "open opens opened opened opening",
        "pick picks picked picked picking", "call calls called called calling", "fire fires fired fired firing",
        "attack attacks attacked attacked attacking", "hit hits hit hit hitting", "lead leads led led leading",
        "vote votes voted voted voting", "laugh laughs laughed laughed laughing", "nod nods nodded nodded nodding",
        "smile smiles smiled smiled smiling", "shrug shrugs shrugged shrugged shrugging",
    ):  # fmt: skip
        forms = line.split()
        for form, tag in zip(forms, "bsddg", strict=True):
            out.setdefault(form, (forms[0], tag))
    return out


LIGHT_VERBS = _light()
"""Form -> (verb, form tag): verbs that report only together with other words ("went on", "put it")."""

SENTENCE_STARTERS = words_of("""
the he she they it we this that these those but and in on at if when while after before as for
however his her their its there some many most no not a an i you what who how meanwhile according
asked
""")
"""Capitalised after an abbreviation, these say that a sentence has ended there."""

NEVER_LAST = words_of("""
Mr. Mrs. Ms. Mx. Dr. Prof. Sen. Sens. Rep. Reps. Gov. Govs. Lt. Col. Gen. St. Mt. vs. No. Rev.
Hon.
""")
"""Abbreviations that no sentence ends with."""
