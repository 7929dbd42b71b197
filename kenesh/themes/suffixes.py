"""Suffixes of seven languages, for light stemming: data, written with a few capitals for letters that change by harmony.

A capital stands for each of its letters (`LAр` of Kyrgyz: лар, лер, лор, дар, …). Words come here folded, so that о is also ө, and i
also ı. Suffixes in `late` are taken off only where four letters are left: they make words rather than forms of words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True, slots=True)
class Suffixes:
    """Of one language: what changes a form, what makes a word, which words no ending may be taken from, and which begin as others."""

    letters: Mapping[str, str]
    early: str
    late: str = ""
    whole: str = ""
    begins: Mapping[str, str] = field(default_factory=dict)

    def spelt(self, patterns: str) -> frozenset[str]:
        """Every suffix that the patterns stand for."""
        return frozenset(
            "".join(letters)
            for pattern in patterns.split()
            for letters in product(*(self.letters.get(letter, letter) for letter in pattern))
        )


SUFFIXES: Mapping[str, Suffixes] = {
    "ky": Suffixes(
        {"A": "аео", "I": "ыиу", "D": "дт", "G": "гк", "L": "лдт", "N": "ндт", "B": "бп"},
        "LAр NIн NI GA DA DAн нA нAн IмA "
        "Iм м Iн н IбIз бIз IнIз нIз сI I сIн "
        "GAн GAм DI DIм DIк DIнAр Iп п Aт йт й йм AбIз йбIз сA сAм сAк уу GIлA чI сIз DAгI ушат GAндA "
        "IшGAн IшAт IшIп Iшсе шAт AлI йлI AлIк",
        late="LIк LIг луу дуу туу чA GIч DIр Iшуу Iу ндAй Aм",
        whole="жумуш турмуш байланыш келишим чечим билим кийим уруш согуш кенеш мектеп башка катын элчи бала оору толо "
        "иште сура башта атайын алда койгой айып айда адам дайын коргон кордо котор чыгар кайтар",
        begins={"балдар": "бала", "толоо": "толо"},
    ),
    "kk": Suffixes(
        {"A": "ае", "I": "ыи", "D": "дт", "G": "гк", "L": "лдт", "N": "ндт", "M": "мбп"},
        "LAр NIн NI GA DA DAн нA нAн MAн MAнAн IмA "
        "Iм м Iн н IмIз мIз IнIз нIз сI I сIн "
        "GAн DI DIм DIк DIн Iп п AдI йдI AтIн йтIн й сA сAм у шI сIз DAгI GAндA "
        "AмIн ймIн AмIз ймIз AсIз йсIз",
        late="LIк LIг GIш DIрIлу ушI",
        whole="жумыс турмыс байланыс келисим шешим билим кийим согыс кенес мектеп хатшы баска елши бала толе исте сура баста "
        "жалакы алда айып айда адам кула кулып шыгар кайтар",
    ),
    "uz": Suffixes(
        {"G": "gk", "D": "dt"},
        "lar ning ni Ga da dan im m ing ng imiz miz ingiz ngiz i si "
        "gan gani ib b di dim ding dik dingiz dilar yapti yapman yapmiz yapsan yapsiz yaptilar adi aman amiz asan asiz "
        "ydi yman ymiz ysan ysiz adilar ydilar y sa sam sak moqda mokda mokci amizmi "
        "ishgan ishdi ishti ishyapti ishadi lari chi uvchi siz dagi man miz ayotgan yotgan ganman ganmiz gandan "
        "lari",
        late="lik lig ish moq mok gacha cha uv ov iy viy ligi lari",
        whole="ish kelish bosh yosh tosh kurilish maosh biz bular kun tun yordam odam pasport boshka elchi bola kel ol bil "
        "kil konun alda chikar kaytar",
        begins={"oʻl": "öl"},  # somebody died; ol: to take
    ),
    "tg": Suffixes(
        {},
        "ро хо хои хое и е он они оне ен ени гон гар гони ам ат аш амон атон ашон ем ед ад анд аст аам ааст аанд аем аед ам еро иро "
        "хоям хоят хояш хоямон ям ят яш ямон ятон яшон му у ст та",
        late="ида гари манд анда тар тарин ист",
        whole="хона шахр забон замон мардум падид модел музд кард нон рохат шиноснома корфармо баланд парванда восита он инсон осон даромад соат давлат шикоят хизмат"
        " мехнат суроат патент адвокат сафорат хокимият амал калам одам хам кадам иморат руйхат дод",
    ),
    "az": Suffixes(
        {"A": "ae", "I": "iu", "D": "d"},
        "lAr nIn In nI I yI yA DA DAn nDA nDAn nA Im m ImA ImIz mIz InIz nIz sI n "
        "DI DIm DIn DIk Ir yIr Irlar Irler yIrlar yIrler Ib yIb mIs mIsDIr DIr IrAm IrIk IrsAn AcAk yAcAk yAcAm AcAm "
        "AcAklAr sA sAm DIlAr IblAr mAk cA",
        late="A lIk lIg cI sIz lI",
        whole="ev is kiz yol dil su maas bas yas tas kardas yoldas dovlet sened kanun vekil keydiyyat cerime icaze mukavile vetendas sinir "
        "isci kadin polis olke ode isle soyle serhed hukuk adam komek kara",
        begins={"ogl": "ogul"},
    ),
    "tr": Suffixes(
        {"A": "ae", "I": "iu", "D": "dt"},
        "lAr nIn In nI I yI yA DA DAn nDA nDAn nA Im m ImA ImIz mIz InIz nIz sI n "
        "DI DIm DIn DIk Iyor yor IyorlAr yorlAr IyorIm yorIm Ip yIp mIs mIslAr DIr AcAk yAcAk AcAgIm yAcAgIm AcAgIz yAcAgIz Ar sA sAm DIlAr "
        "mAk Ince yInce IyorsIn IyorIz yorIz cA",
        late="A lIk lIg cI sIz lI",
        whole="ev is kiz yol dil su maas bas yas tas kardes yoldas vatandas hak adam ode soyle isle masa hakim kadin kadar "
        "kanun izin sinir ulke kara ceza yalan yardim yakin ilan sozlesme belge",
        begins={"hakk": "hak", "ogl": "ogul"},
    ),
    "hy": Suffixes(
        {},
        "ներ եր ը ն ի ից ով ում ին յի յին յից յով ս դ ու ներս ները ների ներին ներից ներով ներում ներիս երը երի երին երից երով երս երիս "
        "ել ալ ած եց եցի եցին եցինք վել վեց վում վեցին ված ելու ալու ացել ացավ ացի ացան ող ողներ ուց նալ նում անում ենք եմ են "
        "ում եմ եք",
        late="ություն ության ությունը ությունից ությամբ ությունն ական",
        whole="տուն դպրոց օգնություն մարդ հարց սահման կին քաղաք տղամարդ քաղաքացի",
    ),
    "ka": Suffixes(
        {},
        "ი ს მა მ ის ით ად ა ებ ები ების ებს ებმა ებით ებად ებზე ებში ებთან ებისთვის ებიდან ებისგან ზე ში თან იდან დან იდამ "
        "ისთვის სთვის თვის ისგან გან ამდე მდე ვით ისკენ კენ ის ას იან ენ ან ეს და დი ოდა იდა დიან დის ავს ო ოს ოზე ოში ე ც "
        "ებიან ვენ ნენ ეთ ათ",
        late="ობ ულ ურ ელ",
        whole="ძმა ენა მამა დედა ჯარიმ ბინდ",
    ),
}
