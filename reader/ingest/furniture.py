"""Lines of a scraped page that are no part of its story."""

from __future__ import annotations

import re

_WHOLE = re.compile(
    r"(?:advertisements?|story continues below(?: advertisement)?|"
    r"article continues below\b.{0,60}|sponsored(?: content)?|promoted(?: content)?|loading\W*|"
    r"close|menu|search|skip to (?:main )?content|home|print|email|e-mail|share|tweet|copy link|"
    r"link copied|save|listen|comments?(?: \(\d+\))?|\d+ comments?|leave a (?:comment|reply)|"
    r"facebook|twitter|x|whatsapp|linkedin|reddit|telegram|\d+\s?min(?:ute)?s?(?: read)?|"
    r"read time:?.{0,20}|(?:topics|tags|filed under|related topics|more on|more from|more about|"
    r"in this story|keywords)\s?:.{0,200}|(?:with (?:material|reporting|files?) from)\b.{0,100}|"
    r"all rights reserved\.?|(?:view|show|see) (?:all|more|gallery|comments)\b.{0,60}|"
    r"back to top|next(?: story| article)?|previous(?: story| article)?|continue reading\W*|"
    r"(?:terms|privacy|cookie|contact|about)\b.{0,60}(?:policy|use|us|settings))",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"share (?:this|on|via)\b.{0,60}|(?:follow|like|find) us\b.{0,80}|print this\b.{0,40}|"
    r"email this\b.{0,40}|(?:join|subscribe|sign up|register|donate|support us|log ?in|"
    r"sign in)\b.{0,120}|get (?:the|our|more)\b.{0,40}(?:newsletter|app|alerts?|inbox|"
    r"news)\b.{0,80}|listen to (?:the|this|our)\b.{0,80}|(?:download|get) (?:the|"
    r"our) .{0,30}app\b.{0,40}",
    re.IGNORECASE,
)
_SINGLE_LINE = re.compile(
    r"(?:read (?:more|also|next|on)|also read|see also|related(?: stor(?:y|ies)| articles?|"
    r" coverage| content)?|"
    r"more (?:on this(?: story)?|stories|news|headlines)|recommended|watch|listen|"
    r"don.t miss)\s?[:>»]\s?\S.{0,200}",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|related(?: stor(?:y|ies)| articles?|"
    r" coverage| content| news| links)?|"
    r"more (?:on this(?: story)?|stories|news|headlines|from .{1,40}|in .{1,40}|coverage)|"
    r"recommended(?: for you| stories)?|"
    r"you (?:may|might) (?:also )?(?:like|be interested in)|(?:most|trending) (?:read|popular|"
    r"viewed)|trending(?: now)?|"
    r"latest (?:news|stories|headlines)|top stories|around the web|editors?[’'] picks?|"
    r"what to read next)\s?[:…]?",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"(?:this (?:article|story|report) (?:was|is|has been|first|originally)\b.{0,60}(?:publish|"
    r"produc|appear|syndicat|updated|provided|auto)"
    r"|for more .{0,60}(?:visit|click|follow|download)\b|sign up (?:for|to) |subscribe (?:to|now|"
    r"today)|do you (?:have|know) (?:a|more|something)|"
    r"got a (?:tip|story)|have (?:a|you) .{0,30}(?:tip|story)|contact (?:the|our) (?:newsroom|"
    r"reporter|author)|"
    r"(?:you can )?(?:follow|reach|contact|email) \S+(?: \S+)? (?:on|at|via) (?:twitter|x\b|"
    r"facebook|\S+@)|"
    r"support (?:independent|our) journalism|our journalism|thank you for (?:reading|subscribing)|"
    r"our standards\s?:|we use cookies|by (?:signing up|subscribing|clicking|continuing)|"
    r"no part of this|(?:this material|content) may not be (?:published|reproduced))",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:additional |further )?(?:reporting|writing|edit(?:ing|ed)|compil(?:ing|ed)|"
    r"produced)(?: and (?:writing|reporting|editing))? by\b.{3,300}\)?",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:\(?(?:(?:file|header|featured?|cover|lead|main|top) )?"
    r"(?:photo|image|picture|photograph|illustration|graphic|video|credit)(?: ?(?:by|"
    r"credit|courtesy))?\s?[:/©]\s?\S.{0,300}"
    r"|(?:FILE|File) (?:[-–—]|photo[:.])\s?\S.{0,400}|(?:image|photo) (?:caption|source|"
    r"credit)\b.{1,300})",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:copyright\s{0,3})?(?:©|\(c\))|copyright\s{1,3}(?:19|20)\d\d", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"(?:(?:source|link|url|via|original|permalink)\s?:\s?)?<?(https?://[^\s<>]{4,2000})>?",
    re.IGNORECASE,
)
_LONGEST = 260


def is_furniture(line: str) -> bool:
    """Whether a line is a button, an advertisement or an invitation, wherever it stands."""
    if len(line) > _LONGEST:
        return False
    if _WHOLE.fullmatch(line) or _SINGLE_LINE.fullmatch(line):
        return True
    # "Join the dots, she told the court." is a sentence; "Join the mailing list" is a button.
    is_sentence = line.endswith((".", "?", "”", '"')) and len(line.split()) > 4
    return not is_sentence and bool(_INVITATION.fullmatch(line))


def opens_related(line: str) -> bool:
    """Whether a line is the heading of links to other stories ("Related stories", "Read more:")."""
    return len(line) <= 80 and bool(_HEADING.fullmatch(line))


def is_notice(line: str) -> bool:
    """Whether a sentence at the end of a page speaks of the page: newsletters, tips, cookies."""
    return bool(_NOTICE.match(line[:_LONGEST]))


def is_copyright(line: str) -> bool:
    """Whether a line says no more than who holds the rights ("© 2026 Harbour Wire")."""
    return len(line) <= 200 and bool(_COPYRIGHT.match(line))


def is_credit(line: str) -> bool:
    """Whether a line says who helped ("Reporting by Ann Reed; Editing by Tom Hall")."""
    return len(line) <= 400 and bool(_CREDIT.fullmatch(line))


def is_caption(line: str) -> bool:
    """Whether a line goes with a picture ("File photo: ...", "Image: Ann Reed/Harbour Wire")."""
    return len(line) <= 500 and bool(_CAPTION.fullmatch(line))


def lone_address(line: str) -> str | None:
    """Return the address when a line holds nothing else."""
    found = _ADDRESS.fullmatch(line) if "://" in line[:20] else None
    return found[1] if found else None
