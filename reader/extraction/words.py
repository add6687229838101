"""Closed word lists that tell people, bodies and plain words apart: titles, role nouns, particles.

Written for this project. None is a list of people's names: they hold the words that English news
puts around names.
"""

from __future__ import annotations

from collections.abc import Sequence


def words_of(text: str) -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(text.split())


_MALE_TITLES = """
mr sir lord prince king pope baron count duke emperor sultan sheikh sheik shah emir father brother
congressman councilman alderman assemblyman imam monsignor friar fr viscount archduke tsar czar
abbot
"""
_FEMALE_TITLES = """
mrs ms miss lady dame princess queen baroness countess duchess empress sister mother congresswoman
councilwoman assemblywoman mme madame mlle signora sheikha
"""
_TITLES = """
mr. mrs. ms. mx dr prof sen rep gov lt col gen maj capt cmdr sgt cpl pvt adm rev hon pres supt
insp det const amb sec atty president vice-president minister premier chancellor senator
representative governor mayor professor doctor general colonel major captain lieutenant sergeant
corporal private commander admiral marshal brigadier commodore judge justice reverend bishop
archbishop cardinal rabbi pastor deacon chaplain ambassador secretary commissioner sheriff
constable inspector detective superintendent officer deputy delegate speaker chairman chairwoman
chairperson chair chief director coach manager attorney counsel comptroller treasurer ayatollah
mullah hojatoleslam archdeacon canon provost dean undersecretary councillor councilor comrade
nurse chef coroner marshall patriarch mp msp taoiseach
"""
_ROLE_NOUNS = """
laureate abbot academic accountant accuser activist actor actress adjutant administrator adviser
advisor advocate agent aide ally ambassador analyst anchor anchorman anchorwoman announcer
anthropologist apprentice archaeologist architect arranger artist assistant associate astronaut
astronomer athlete attacker attendant attorney auditor aunt author backer ballerina banker barber
barista barrister bartender baritone bassist batsman beneficiary billionaire biographer biologist
bishop blogger bodyguard boss botanist bowler boxer boy boyfriend broadcaster broker brother
builder bureaucrat businessman businesswoman butcher buyer cameraman campaigner candidate captain
cardinal cardiologist caregiver caretaker carpenter cartoonist cashier celebrity ceo cfo chair
chairman chairperson chairwoman challenger champion chancellor chaplain chef chemist chief
chieftain child choreographer citizen civilian cleric clergyman clerk climatologist climber
clinician coach co-author co-chair co-chairman co-chairwoman co-creator co-director co-founder
co-host co-owner co-pilot colleague collector columnist comedian commander commentator
commissioner companion competitor complainant composer conductor congressman congresswoman
conservationist conservative constable consul consultant contractor contributor convict coo
coordinator coroner correspondent councillor councilman councilor councilwoman counsel counselor
counsellor counterpart cousin cox creator cricketer criminologist critic curator customer cyclist
dad dancer daughter daughter-in-law dealer dean defence-secretary defender defendant delegate
democrat demographer demonstrator dentist deputy dermatologist designer detainee detective
developer dictator diplomat director disc-jockey dissident doctor donor driver drummer ecologist
economist editor educator egyptologist elder electrician emir emperor employee employer engineer
entomologist entrepreneur envoy epidemiologist ethicist evangelist examiner ex-boyfriend
ex-girlfriend ex-husband ex-wife executive expert explorer farmer father father-in-law fellow
fiance fiancee fighter filmmaker financier firefighter fisherman florist footballer forecaster
foreman founder friend fugitive gamer gardener general geneticist geographer geologist
geophysicist girl girlfriend glaciologist goalkeeper goalie golfer governor graduate grandfather
grandmother grandson granddaughter groom guard guardian guest guide guitarist gunman gymnast
gynaecologist hacker hairdresser head headmaster headmistress headteacher heir heiress hero
historian host hostage hostess housewife hunter husband hydrologist illustrator imam immigrant
immunologist incumbent industrialist inmate insider inspector instructor insurgent interpreter
investigator investor jeweller journalist judge jurist juror justice keeper kidnapper king
labourer landlady landlord lawmaker lawyer leader lecturer legislator liberal libertarian
librarian lieutenant linguist lobbyist lord magistrate man manager marathoner marshal
mathematician matriarch mayor mechanic meteorologist microbiologist midfielder midwife migrant
militant millionaire miner minister missionary mistress mobster model moderator mogul monarch monk
moderate mother mother-in-law mountaineer mp mum mom murderer musician nanny narrator nationalist
native naturalist negotiator neighbor neighbour nephew neurologist neuroscientist neurosurgeon
niece nominee novelist nun nurse nutritionist obstetrician oceanographer offender officer official
oligarch ombudsman operative operator opponent optician orchestrator organiser organizer orphan
owner paediatrician painter palaeontologist paleontologist paramedic parent participant partner
passenger passer-by pastor pathologist patient patriarch pediatrician pensioner performer
petitioner pharmacist philanthropist philosopher photographer physician physicist physiologist
physiotherapist pianist pilot pioneer pitcher plaintiff player playwright plumber poet policeman
policewoman politician pollster pontiff pope postman preacher prefect premier presenter president
priest prime-minister prince princess principal prisoner producer professor programmer progressive
promoter proprietor prosecutor protege protester protestor provost psychiatrist psychologist
psychotherapist publicist publisher quarterback queen rabbi racer radiologist ranger rapper
rapporteur reader realtor rebel receptionist recruit referee refugee regulator relative reporter
representative republican researcher resident restaurateur retiree reviewer rider rival rower
ruler runner sailor salesman saleswoman scholar schoolboy schoolgirl schoolteacher scientist
screenwriter sculptor seismologist senator sergeant servant settler sheikh sheriff shareholder
shopkeeper shooter sibling singer sister sister-in-law skater skier skipper socialist sociologist
soldier solicitor son son-in-law soprano spokesman spokesperson spokeswoman spouse sprinter
staffer star statesman statistician stepfather stepmother stepson stepdaughter strategist striker
student suffragan superintendent supermodel supervisor supporter surfer surgeon surrogate survivor
suspect swimmer sympathiser tailor teacher technician teenager tenant tenor theologian therapist
trader trainer translator treasurer trucker trustee tutor tycoon uncle undersecretary undertaker
underwriter urologist user veteran veterinarian vet vice-chair vice-chairman vice-president victim
viewer vicar viceroy villager violinist virologist visitor vocalist volcanologist volunteer voter
waiter waitress warden warlord whistleblower whistle-blower widow widower wife winemaker winger
winner witness woman worker wrestler writer youngster youth zoologist someone somebody person
people individual guy lady gentleman commuter shopper diner camper hiker walker jogger marcher
bystander onlooker holidaymaker tourist traveller traveler motorist pedestrian parishioner
worshipper fan punter stallholder grower breeder cabbie teen grandparent gran grandad granddad
postgraduate undergraduate intern novice newcomer evacuee returnee herder shepherd rancher
smallholder crofter weaver potter lodger squatter tipster qualifier finalist semifinalist
medallist medalist debutant rookie breadwinner veep frontrunner front-runner standard-bearer
running-mate mate protégé cto cmo ringleader kingpin
"""
_FEMALE_NOUNS = """
actress anchorwoman aunt ballerina businesswoman chairwoman congresswoman councilwoman daughter
daughter-in-law duchess ex-girlfriend ex-wife fiancee girl girlfriend granddaughter grandmother
headmistress heiress hostess housewife lady landlady matriarch midwife mistress mom mother
mother-in-law mum niece nun policewoman princess queen saleswoman schoolgirl sister sister-in-law
spokeswoman stepmother stepdaughter waitress widow wife woman soprano councilwoman
"""
_MALE_NOUNS = """
anchorman boy boyfriend brother businessman cameraman clergyman congressman councilman dad
ex-boyfriend ex-husband father father-in-law fisherman gentleman grandfather grandson groom guy
headmaster husband king landlord monk nephew patriarch policeman pope pontiff postman priest
prince salesman schoolboy son son-in-law statesman stepfather stepson uncle widower waiter man
baritone tenor
"""
_BODY_WORDS = """
electric motors foods pharmaceuticals petroleum steel stores mining securities capital ventures
logistics shipping brewery telecom wireless software robotics aerospace therapeutics biosciences
academy administration agency airlines airways alliance army assembly assn association authority
bank bar battalion board branch brigade brigades broadcasting bureau cabinet campaign center
centre chamber charity church circuit city club co coalition college command commission committee
companies company conference confederation congress conservancy consortium constabulary consulting
corp corporation corps council county court courts daily deanery defence defense department dept
directorate district division embassy endowment energy enterprises executive exchange exchequer
faculty federation fed firm force forces forum foundation front fund gazette government group
guard guild headquarters herald holdings hospital house inc industries initiative inspectorate
inquirer institute institution institutions insurance intelligence international investigations
journal junta laboratories laboratory labs league legislature library limited llc llp lobby ltd
magazine media mentor militia ministry mission monitor mosque movement museum nations navy network
news newspaper observatory observer office organisation organization panel parliament partners
partnership party pac police politburo post presidency press prison programme project prosecution
publication publishing radio railway register registry regime resources review schools school
secretariat senate service services society station states studio studios survey symphony synod
systems taskforce team technologies telegraph television theatre theater times treasury tribune
tribunal trust tv unit union united universities university watch watchdog website wire workers
works citizens veterans
"""
_THING_WORDS = """
dam reservoir canal quarry refinery pipeline ferry airfield
act agreement airport amendment anthem attack attacks avenue award awards beach bill boulevard
bridge building campus castle cathedral cave cemetery championship championships clause code
convention cup day declaration deal derby desert doctrine dome drive election festival forest
games garden gardens gate grand-prix harbor harbour highway hill hills hotel island islands lake
lane law manor marathon massacre medal memorial monument mountain mountains oscar oscars palace
park pass peninsula pier plan plaza prize project protocol province reef region reserve resort
river road rule sea show square stadium statue strait street summit symposium tour tower towers
trail treaty tunnel valley village war wall week bay canyon clinic creek falls heights
international terminal theorem syndrome disease virus scandal affair
"""
_DOCUMENT_WORDS = """
lesson advice warning plea tip tips view views appeal call apology joke
account ad advert advertisement advisory affidavit analysis announcement answer argument article
autobiography biography blog book brief bulletin caption column comment comments commercial
communique complaint comments declaration directive dispatch dissent document documents editorial
email e-mail essay filing film findings guidance guidelines indictment interview journal lawsuit
letter manifesto memo memoir memorandum message motion newsletter note notice opinion order paper
petition piece platform poem post poster press-release proclamation proposal publication release
remark remarks reply report response resolution review ruling speech spot statement statements
story study submission suit summary survey testimony text transcript translation tweet tweets
verdict video website words writings poll posting
"""
_BODY_NOUNS = """
administration agency airline army association authority bank board body broadcaster brand
business bureau cabinet campaign chain chamber charity church city club college commission
committee company conglomerate consortium corporation council county court department developer
directorate embassy employer exchange federation firm force foundation fund giant government group
guild hospital institute institution junta league lender maker manufacturer ministry mission
movement museum network news-agency newspaper ngo nonprofit operator orchestra organisation
organization outlet paper parliament partnership party police presidency prison producer
publication publisher regulator retailer school senate service site society startup state station
studio supplier team think-tank tribunal trust union university utility watchdog website country
nation magazine daily
"""
_FUNCTION_WORDS = """
hundreds thousands dozens scores millions hey wow sorry please roughly
a about above according across after again against ago all almost along already also although
always am amid among an and another any anyone anything are around as asked at away back be
because become been before behind being below beneath beside besides between beyond both but by
can could despite did do does done down during each either else even ever every everybody everyone
everything except few following for former from further given had has have having he her here hers
herself him himself his how however i if in indeed inside instead into is it its itself just last
later least less let like likewise many may maybe me meanwhile might mine more moreover most much
must my myself near nearly neither never nevertheless next no nobody none nonetheless nor not
nothing now of off often on once one only onto or other others otherwise ought our ours out
outside over own per perhaps plus rather regarding said same say says several shall she should
since so some somebody someone something sometimes soon still such than thanks that the their
theirs them themselves then there thereby therefore these they this those though through
throughout thus till to today together tomorrow tonight too toward towards two under underneath
unless unlike until up upon us very was we well were what whatever when whenever where whereas
wherever whether which while who whoever whom whose why will with within without would yes
yesterday yet you your yours yourself zero three four five six seven eight nine ten first second
third asking told tells added adds monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december jan feb aug sept
oct nov dec earlier additionally finally recently eventually currently apparently consequently
accordingly sadly clearly obviously reportedly dear hello hi ok okay yeah im i'm don't it's that's
there's what's he's she's we're they're you're i've we've let's q oh ah well photo image video
caption watch read click related share tweet breaking update exclusive opinion editor's
advertisement newsletter subscribe copyright getty via
"""
_DEMONYMS = """
afghan albanian algerian american arab argentine argentinian armenian asian australian austrian
bahraini bangladeshi basque belarusian belgian bolivian bosnian brazilian british briton bulgarian
burmese cambodian cameroonian canadian catalan chechen chilean chinese colombian congolese
croatian croat cuban cypriot czech dane danish dominican dutch ecuadorean egyptian english
eritrean estonian ethiopian european filipino finn finnish french gambian georgian german ghanaian
greek guatemalan haitian honduran hungarian icelandic indian indonesian iranian iraqi irish
islamist israeli italian ivorian jamaican japanese jewish jordanian kazakh kenyan korean kosovar
kurdish kuwaiti kyrgyz laotian latvian lebanese liberian libyan lithuanian macedonian malawian
malaysian malian maltese mexican moldovan mongolian moroccan mozambican nepalese nepali nicaraguan
nigerian nigerien norwegian omani pakistani palestinian panamanian paraguayan peruvian pole polish
portuguese puerto-rican qatari romanian russian rwandan saudi scot scottish senegalese serb
serbian singaporean slovak slovakian slovene slovenian somali spaniard spanish sri-lankan sudanese
swede swedish swiss syrian taiwanese tajik tanzanian texan thai tibetan tongan tunisian turk
turkish turkmen ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian
zimbabwean african californian londoner parisian scouse democrat democratic republican libertarian
conservative labour tory liberal socialist communist green independent ukip progressive
nationalist centrist christian muslim catholic protestant anglican sunni shiite shia buddhist
hindu mormon lutheran baptist methodist
"""
_COUNTRIES = """
afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas
bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil
britain brunei bulgaria burma burundi cambodia cameroon canada chad chile china colombia congo
croatia cuba cyprus czechia denmark djibouti dominica ecuador egypt england eritrea estonia
eswatini ethiopia fiji finland france gabon gambia germany ghana greece greenland grenada
guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel
italy jamaica japan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia
libya liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania
mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal
netherlands nicaragua niger nigeria norway oman pakistan palau palestine panama paraguay peru
philippines poland portugal qatar romania russia rwanda samoa scotland senegal serbia seychelles
singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan
tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay
uzbekistan vanuatu venezuela vietnam wales yemen zambia zimbabwe america u.s us u.k uk
"""
_COUNTRY_FIRST = """
new saudi sri el costa sierra ivory north south united san cape northern burkina
"""
_COUNTRY_LAST = """
zealand arabia lanka salvador rica leone coast korea states kingdom emirates verde africa faso
ireland
"""
_STATES = """
alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii
idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee
texas utah vermont virginia washington wisconsin wyoming carolina dakota hampshire jersey mexico
york
"""
_OFFICES = """
state defense defence war health education energy labor labour commerce treasury agriculture
finance justice interior transport transportation trade foreign affairs opposition house senate
environment culture tourism economy planning railways industry science technology sports sport
youth information communications housing development welfare security parliament council police
staff exchequer human services veterans home public works water mines fisheries forestry religion
immigration urban rural local
"""
_PARTICLES = """
al al- el bin ibn bint abu ben da das de del della der den di do dos du e la le los las san santa
st st. ten ter van vande vander vom von zu zum zur y af av ap op 't d'
"""
_SUFFIXES = "jr jr. sr sr. ii iii iv v"
_HONOURS = """
phd ph.d ph.d. md m.d m.d. qc kc sc esq esq. obe mbe cbe kbe dbe mp mps msp mep mla frs rn jd cpa
"""
_FAMILY_FIRST = """
ban bao bui cai cao chan chang chen cheng cheung chiang cho choe choi chong chow chu chung cui dai
dang deng ding do dong duong fan fang feng fu gao geng gong gu guan guo ha han hao he heo ho hoang
hong hou hsieh hu hua huang hui hung huynh hwang im jang jeon jeong ji jia jiang jin jo joo jung
kang kim ko koo kwak kwok kwon lai lam lau law le lee lei leung li liang liao lim lin liu lo lu
luo luong lý ma mao meng min mo moon nam nguyen ni nie noh oh ong paik pan park peng pham phan pu
qian qiao qin qiu qu quan ren ri rhee roh ryu seo shao shen shi shih shin sim so son song soong su
sun tan tang tao teng thein tian tran trinh truong tsai tsang tseng vo vu wan wang wei wen wong
woo wu xi xia xiao xie xu xue yan yang yao ye yeo yi yin yoo yoon you yu yuan yun zeng zhai zhan
zhang zhao zheng zhong zhou zhu zou
"""

MALE_TITLES = words_of(_MALE_TITLES)
FEMALE_TITLES = words_of(_FEMALE_TITLES)
TITLES = words_of(_TITLES) | MALE_TITLES | FEMALE_TITLES
"""Words that stand before a person's name as its title, without full stop."""

FEMALE_NOUNS = words_of(_FEMALE_NOUNS)
MALE_NOUNS = words_of(_MALE_NOUNS)
ROLE_NOUNS = words_of(_ROLE_NOUNS) | FEMALE_NOUNS | MALE_NOUNS
"""Nouns for one human being by what they do or are."""


def is_role_word(word: str) -> bool:
    """Whether a small word says what one person is ("president", "co-anchor", "ex-wife")."""
    if word in ROLE_NOUNS or word in TITLES:
        return True
    head, hyphen, rest = word.partition("-")
    return bool(hyphen) and head in ("co", "ex", "vice", "deputy") and is_role_word(rest)


BODY_WORDS = words_of(_BODY_WORDS)
"""Words that make a run of capitalised words the name of a body (or, some, a publication)."""

THING_WORDS = words_of(_THING_WORDS)
"""Words that make a run of capitalised words the name of a place, an event, a law, a prize."""

DOCUMENT_WORDS = words_of(_DOCUMENT_WORDS)
"""Nouns for something written or said, which speaks for the one who issued it."""

BODY_NOUNS = words_of(_BODY_NOUNS)
"""Nouns by which a body is called when its name was given before ("the union")."""

DAYS = words_of("""
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February October November December
""")
"""Words with a capital that end a name."""

FUNCTION_WORDS = words_of(_FUNCTION_WORDS)
"""Words that are capitalised only because a sentence begins with them."""

DEMONYMS = words_of(_DEMONYMS)
"""Peoples, parties and faiths as adjectives, which stand before names and titles."""

OFFICES = words_of(_OFFICES)
"""What ministers are of."""

COUNTRIES = words_of(_COUNTRIES)
STATES = words_of(_STATES)


def is_country(words: Sequence[str]) -> bool:
    """Whether small words, without full stops at their ends, name a country."""
    if len(words) == 1:
        return words[0] in COUNTRIES
    return (
        len(words) == 2
        and words[0] in _COUNTRY_BEGINS
        and (words[1] in _COUNTRY_ENDS or words[1] in STATES or words[1] in COUNTRIES)
    )


_COUNTRY_BEGINS = frozenset((*_COUNTRY_FIRST.split(), "west", "east", "southern", "n", "s"))
_COUNTRY_ENDS = words_of(_COUNTRY_LAST)
PARTICLES = words_of(_PARTICLES)
SUFFIXES = words_of(_SUFFIXES)
HONOURS = words_of(_HONOURS)
"""Letters after a name that are no part of it."""

FAMILY_FIRST = words_of(_FAMILY_FIRST)
"""Chinese, Korean and Vietnamese family names, which stand before the given name."""

_NICKNAMES = """
abigail abby | alan al | albert al bert | alexander alex sandy | alexandra alex sandra | alfred
alf fred | andrew andy drew | anthony tony antonio tony | arthur art | barbara barb | benjamin ben
benny | bernard bernie | catherine cathy kate katie | charles charlie chuck | christine chris
chrissy tina | christopher chris kit | cynthia cindy | daniel dan danny | david dave | deborah deb
debbie donald don donny | dorothy dot dottie | douglas doug | edward ed eddie ted ned | elizabeth
liz beth betsy betty eliza lizzie libby | eugene gene | frances fran | francis frank | frederick
fred freddie | gabriel gabe | gerald gerry jerry | gregory greg | harold hal harry | henry hank
harry | herbert herb | isaac ike | jacob jake | james jim jimmy jamie | jeffrey jeff | jennifer
jen jenny | jeremy jerry | john jack johnny jon | jonathan jon | joseph joe joey | joshua josh |
judith judy | katherine kathy kate katie | kathleen kathy | kenneth ken kenny | laurence larry |
lawrence larry | leonard len lenny | louis lou | margaret maggie meg peggy marge | martin marty |
matthew matt | michael mike mick mickey | mitchell mitch | nancy nan | nathan nate | nathaniel
nate nat | nicholas nick nicola nicky | norman norm | oliver ollie | pamela pam | patricia pat
patty trish | patrick pat paddy | peter pete | philip phil | phillip phil raymond ray | rebecca
becky becca | richard dick rick rich ricky | robert bob bobby rob robby robbie bert | ronald ron
ronnie | russell russ | samuel sam sammy | samantha sam | sandra sandy | sarah sally sadie |
stanley stan | stephanie steph | stephen steve | steven steve | stuart stu | susan sue susie |
suzanne sue | terence terry | theodore ted teddy theo | theresa terry tess | thomas tom tommy |
timothy tim timmy | tobias toby | valerie val | victor vic | victoria vicky tori | vincent vince
vinny | virginia ginny | walter walt wally | wesley wes | william bill billy will willie liam |
zachary zach zack | bernard bernie | eric rick | francine fran | gwendolyn gwen
"""
NICKNAMES: dict[str, frozenset[str]] = {}
for _entry in " ".join(_NICKNAMES.split("\n")).split("|"):
    _first, *_rest = _entry.split()
    NICKNAMES[_first] = NICKNAMES.get(_first, frozenset()) | frozenset(_rest)
"""Short forms of first names, by the full form."""
