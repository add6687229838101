"""The people and bodies a text names, each under the fullest form of the name.

Full names come first: two are one person if the surnames agree and the given names can be the same
(equal, an initial, a usual short form, left out). Then every shorter form is looked up in an index
by word.
"""

from __future__ import annotations

from collections import defaultdict

from reader.extraction.bodies import COMPANY_WORDS, SEATS, initials, is_acronym, standard
from reader.extraction.entity import Entity, given_fit, key, split_name
from reader.extraction.names import gender_of, is_first_name
from reader.extraction.naming import BODIES, NameKind, Naming
from reader.extraction.titles import COURTESY
from reader.extraction.words import FEMALE_NOUNS, FEMALE_TITLES, MALE_NOUNS, MALE_TITLES, SUFFIXES

MOST_OF_A_NAME = 16
"""Entities looked at for one word; a text with more bearers of a name is made up."""


def _brought_in(entity: Entity, naming: Naming) -> bool:
    """Whether the text gave the long name before this short form (but for the headline)."""
    first = entity.namings[0]
    return first.first < naming.first or (naming.sentence == 0 and first.sentence <= 2)


class Cast:
    """Everybody a text names."""

    def __init__(self, namings: list[Naming]) -> None:
        self.entities: list[Entity] = []
        self._by_last: dict[str, list[Entity]] = defaultdict(list)
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._by_whole: dict[str, Entity] = {}
        self._by_standard: dict[tuple[str, ...], Entity] = {}
        self._by_initials: dict[str, Entity] = {}
        self._last_at: dict[int, int] = {}
        self._campaigns: dict[int, int] = {}
        for naming in namings:
            if naming.kind is not NameKind.ROLE and len(naming.words) >= 2 and not naming.headline:
                self._enter(naming)
        self._titled: dict[str, set[str]] = defaultdict(set)
        for naming in namings:
            if naming.words and naming.title is not None:
                if naming.title in MALE_TITLES:
                    self._titled[key(naming.words[-1])].add("m")
                elif naming.title in FEMALE_TITLES:
                    self._titled[key(naming.words[-1])].add("f")
        self._alone: dict[str, int] = defaultdict(int)
        for naming in namings:
            if len(naming.words) == 1 and not naming.headline:
                self._alone[key(naming.words[0])] += 1
        for naming in namings:
            if naming.headline and len(naming.words) == 2:
                found = self._in_headline(naming)
                if found is not None:
                    self._add(found, naming)
        previous: Naming | None = None
        for naming in namings:
            if naming.entity < 0:
                found = self._known(naming, previous)
                if found is not None:
                    self._add(found, naming)
            if naming.entity >= 0:
                self._last_at[naming.entity] = naming.first
                previous = naming

    def _known(self, naming: Naming, previous: Naming | None) -> Entity | None:
        """The entity of a short form, a headline form or a word that looks like a title."""
        if naming.headline:
            return self._in_headline(naming)
        if naming.kind is NameKind.ROLE:
            return self._surname_like_a_title(naming)
        acronym = naming.bracket and len(naming.words) == 1 and is_acronym(naming.words[0])
        if acronym and previous is not None and 0 <= naming.first - previous.last <= 1:
            defined = self.entities[previous.entity]
            if not defined.person or len(defined.words) > 3:
                self._by_whole[key(naming.words[0])] = defined
                return defined
        found = self.lookup(naming)
        if found is None and not naming.headline:
            found = self._new(naming)
        return found

    def _surname_like_a_title(self, naming: Naming) -> Entity | None:
        """ "Dean" alone, where the text also has "Ann Dean"."""
        if naming.the or naming.last - naming.first != 1:
            return None
        word = naming.source
        for entity in self._by_last.get(key(word), ())[:MOST_OF_A_NAME]:
            if entity.kind not in BODIES and len(entity.words) > 1:
                naming.name, naming.words, naming.kind = naming.first, [word], NameKind.PERSON
                naming.text = word
                return entity
        return None

    def _in_headline(self, naming: Naming) -> Entity | None:
        """Whom a headline names, if the text below it does."""
        words = naming.words
        keys = [key(w) for w in words]
        found = self._by_whole.get(" ".join(keys))
        if found is not None:
            return found
        if len(words) == 2:
            if self._alone.get(keys[1], 0) and not any(k in SUFFIXES for k in keys):
                return self._namesake(naming) or self._new(naming)
            keys = keys[1:]
        pool = self._by_last.get(keys[0], [])[:MOST_OF_A_NAME]
        people = [e for e in pool if e.kind not in BODIES]
        return people[0] if len(people) == 1 and people[0].person else None

    def _enter(self, naming: Naming) -> Entity:
        """A full name: the entity it belongs to, new or known."""
        keys = [key(w) for w in naming.words]
        whole = " ".join(keys)
        found = self._by_whole.get(whole) or self._by_whole.get(whole.replace("-", " "))
        if found is None and naming.kind is not NameKind.PERSON:
            found = self._body(keys)
        if found is None and naming.kind not in BODIES:
            found = self._namesake(naming)
        if found is None:
            found = self._new(naming)
        self._add(found, naming)
        self._by_whole[whole] = found
        return found

    def _namesake(self, naming: Naming) -> Entity | None:
        """Somebody whose name can be another form of this one."""
        given, surname, suffix = split_name(naming.words)
        if not surname:
            return None
        last = key(naming.words[-1])
        pool = self._by_last.get(surname[-1], [])[:MOST_OF_A_NAME]
        if last != surname[-1]:
            pool = pool + self._by_last.get(last, [])[:MOST_OF_A_NAME]
        for candidate in pool:
            if candidate.kind in BODIES:
                continue
            if len(naming.words) > 1 and candidate.keys[-len(naming.words) :] == [
                key(w) for w in naming.words
            ]:
                return candidate
            g, s, x = split_name(candidate.words)
            same = s == surname or given[-1:] == s[:-1][-1:] or g[-1:] == surname[:-1][-1:]
            if not same or not given_fit(given, g) or (suffix and x and suffix != x):
                continue
            if suffix != x and any(w in ("jr", "sr") for w in suffix + x):
                continue
            return candidate
        return None

    def _body(self, keys: list[str]) -> Entity | None:
        """A body under another form of its name, of two words or more."""
        form = standard(keys)
        found = self._by_standard.get(form)
        if found is None and len(form) >= 2:
            sober = SEATS.get(" ".join(form))
            if sober:
                found = next((e for e in map(self._standard_form, sober) if e is not None), None)
        return found

    def _standard_form(self, name: str) -> Entity | None:
        return self._by_standard.get(tuple(name.split()))

    def _new(self, naming: Naming) -> Entity:
        keys = [key(w) for w in naming.words]
        entity = Entity(len(self.entities), list(naming.words), keys, naming.kind, naming.text)
        self.entities.append(entity)
        self._index(entity, naming.words)
        return entity

    def campaign(self, owner: Entity) -> Entity:
        """The campaign of somebody, which the text names by its parts only."""
        number = self._campaigns.get(owner.number)
        if number is None:
            last = owner.words[-1] if owner.person else owner.name
            words = [*last.split(), "campaign"]
            keys = [key(w) for w in words]
            number = self._campaigns[owner.number] = len(self.entities)
            self.entities.append(Entity(number, words, keys, NameKind.BODY, " ".join(words)))
        return self.entities[number]

    def _index(self, entity: Entity, words: list[str]) -> None:
        _, surname, _ = split_name(words)
        if entity.kind in BODIES:
            last = key(words[-1])
        else:
            last = surname[-1] if surname else ""
        if entity not in self._by_last[last][:MOST_OF_A_NAME]:
            self._by_last[last].append(entity)
        for word in words:
            k = key(word)
            if len(k) > 1 and entity not in self._by_word[k][:MOST_OF_A_NAME]:
                self._by_word[k].append(entity)
        keys = [key(w) for w in words]
        self._by_whole.setdefault(" ".join(keys), entity)
        if entity.kind is not NameKind.PERSON:
            form = standard(keys)
            self._by_standard.setdefault(form, entity)
            if len(form) > 2:
                self._by_standard.setdefault(form[-2:], entity)
                if form[-1] in ("department", "ministry"):
                    self._by_standard.setdefault(form[:-1], entity)
            if len(words) >= 2:
                self._by_initials.setdefault(initials(words), entity)

    def _add(self, entity: Entity, naming: Naming) -> None:
        naming.entity = entity.number
        entity.namings.append(naming)
        if entity.kind is NameKind.UNKNOWN:
            alone = (
                len(entity.words) == 1
                and not (naming.the or naming.placed)
                and is_first_name(entity.words[0])
            )
            if naming.kind is NameKind.PERSON or alone:
                entity.kind = NameKind.PERSON
        if self._fuller(naming, entity):
            entity.words, entity.name = list(naming.words), naming.text
            entity.keys = [key(w) for w in naming.words]
            self._index(entity, naming.words)
        self._gender(entity, naming)

    @staticmethod
    def _fuller(naming: Naming, entity: Entity) -> bool:
        """Whether this form says more of the name than the fullest so far."""
        new, old = naming.words, entity.words
        vague = naming.kind is NameKind.UNKNOWN and entity.kind is NameKind.PERSON
        if len(new) == 1 or vague:
            return len(old) == 1 and len(new) > 1
        if all(w.isupper() for w in new):
            return False
        if naming.headline:
            return False
        if all(w.isupper() and len(w) > 2 for w in old) and len(new) == len(old):
            return True
        if len(new) != len(old):
            return len(new) > len(old)
        return sum(map(len, new)) > sum(map(len, old)) + 1

    @staticmethod
    def _gender(entity: Entity, naming: Naming) -> None:
        title = naming.title
        if title is not None and title not in COURTESY:
            entity.titles.add(title)
        if title in MALE_TITLES or title in MALE_NOUNS:
            entity.men += 3.0
        elif title in FEMALE_TITLES or title in FEMALE_NOUNS:
            entity.women += 3.0
        if (
            len(naming.words) >= 2 and len(entity.namings) <= 1
        ) or entity.men == entity.women == 0.0:
            given = split_name(naming.words)[0] if len(naming.words) >= 2 else []
            # One name alone may be a surname ("Morgan", "Kelly"), so it says less.
            lone = gender_of(naming.words[0]) if len(entity.words) == 1 else None
            gender = gender_of(given[0]) if given else lone
            if gender == "m":
                entity.men += 2.0 if given else 0.8
            elif gender == "f":
                entity.women += 2.0 if given else 0.8

    def lookup(self, naming: Naming) -> Entity | None:
        """Whom a short form means: the best bearer of the name, or None."""
        title, at = naming.title, naming.first
        keys = [key(w) for w in naming.words]
        whole = " ".join(keys)
        if len(keys) > 1:
            if whole in self._by_whole:
                return self._by_whole[whole]
            for candidate in self._by_word.get(keys[-1], ())[:MOST_OF_A_NAME]:
                joined = " " + " ".join(candidate.keys) + " "
                if f" {whole} " in joined and candidate.kind not in BODIES:
                    return candidate
            return None
        word = naming.words[0]
        pool = self._by_last.get(whole, ())[:MOST_OF_A_NAME]
        people = [e for e in pool if e.kind not in BODIES]
        if people:
            chosen = self._choose(people, title, at)
            if chosen is not None:
                return chosen
        inside = self._by_word.get(whole, ())[:MOST_OF_A_NAME]
        if title is None:
            people = [
                e
                for e in inside
                if e.keys[0] == whole
                and (e.person or (e.kind not in BODIES and _brought_in(e, naming)))
            ]
            if not people:
                people = [e for e in inside if e.person]
                people = people if len(people) == 1 else []
        else:
            people = [e for e in inside if e.person]
        if people:
            chosen = self._choose(people, title, at)
            if chosen is not None:
                return chosen
        if title is not None:
            return None
        return self._short_body(word, whole, naming, [e for e in pool if e.kind is NameKind.BODY])

    def _short_body(
        self, word: str, whole: str, naming: Naming, ending: list[Entity]
    ) -> Entity | None:
        """One word for a body: an acronym, "the Post", a company's first word, its seat."""
        letters = whole.replace(".", "")
        if is_acronym(word):
            if whole in self._by_whole:
                return self._by_whole[whole]
            if letters in self._by_initials:
                return self._by_initials[letters]
        sober = SEATS.get(whole)
        if sober:
            for name in sober:
                found = self._standard_form(name)
                if found is not None:
                    found.words, found.keys = list(naming.words), [whole]
                    found.name = naming.text
                    self._by_standard[(whole,)] = found
                    return found
        longer = [e for e in ending if len(e.words) > 1]
        if longer and (naming.the or naming.kind is NameKind.BODY):
            return max(longer, key=lambda e: self._last_at.get(e.number, -1))
        if whole in self._by_whole:
            return self._by_whole[whole]
        for entity in self._by_word.get(whole, ())[:MOST_OF_A_NAME]:
            if not entity.person and entity.keys[0] == whole and entity.keys[-1] in COMPANY_WORDS:
                return entity
        return None

    def _choose(self, people: list[Entity], title: str | None, at: int) -> Entity | None:
        """The likeliest of several bearers: gender of the title, nearness, number of namings.

        None if the title is a man's and the bearers are women, or the other way round.
        """
        wanted = "m" if title in MALE_TITLES else "f" if title in FEMALE_TITLES else None
        if wanted is not None:
            people = [e for e in people if e.gender in (None, wanted)]
        else:
            # "President Lee" is not Ann Lee where the text has a "Mr. Lee".
            titled = self._titled.get(people[0].keys[-1], ())
            if titled:
                people = [e for e in people if e.gender is None or e.gender in titled]
        if len(people) <= 1:
            return people[0] if people else None
        best, best_score = people[0], -1e9
        for entity in people:
            score = min(len(entity.namings), 12) * 0.3
            if wanted is not None and entity.gender is not None:
                score += 4.0
            if title is not None and title in entity.titles:
                score += 2.0
            if entity.number in self._last_at:
                score += 2.0 - min(at - self._last_at[entity.number], 400) / 200
            if entity.person:
                score += 0.5
            if score > best_score:
                best, best_score = entity, score
        return best
