"""Countries by French name or ISO 3166 code: what a nationality answer is read into."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from babel import Locale

OTHER_NAMES = {
    "grande bretagne": "GB",
    "angleterre": "GB",
    "royaume uni": "GB",
    "usa": "US",
    "etats unis d amerique": "US",
    "republique tcheque": "CZ",
    "tchequie": "CZ",
    "pays bas": "NL",
    "hollande": "NL",
    "eire": "IE",
    "rdc": "CD",
    "congo kinshasa": "CD",
    "congo": "CG",
    "cote d ivoire": "CI",
    "russie": "RU",
    "el": "GR",
    "uk": "GB",
    "birmanie": "MM",
    "cap vert": "CV",
    "macedoine": "MK",
    "turquie": "TR",
    "palestine": "PS",
}
PEOPLES = (
    "allemand:DE autrichien:AT belge:BE bulgare:BG chypriote:CY croate:HR danois:DK espagnol:ES estonien:EE "
    "finlandais:FI francais:FR grec:GR grecque:GR hongrois:HU irlandais:IE islandais:IS italien:IT letton:LV "
    "lituanien:LT luxembourgeois:LU maltais:MT neerlandais:NL hollandais:NL norvegien:NO polonais:PL "
    "portugais:PT roumain:RO slovaque:SK slovene:SI suedois:SE suisse:CH suissesse:CH tcheque:CZ "
    "algerien:DZ marocain:MA tunisien:TN senegalais:SN malien:ML ivoirien:CI camerounais:CM guineen:GN "
    "malgache:MG turc:TR turque:TR britannique:GB anglais:GB ukrainien:UA russe:RU albanais:AL georgien:GE "
    "armenien:AM syrien:SY afghan:AF iranien:IR libanais:LB egyptien:EG americain:US canadien:CA bresilien:BR "
    "colombien:CO chinois:CN indien:IN pakistanais:PK bangladais:BD vietnamien:VN serbe:RS moldave:MD "
    "comorien:KM haitien:HT congolais:CD"
)
"""How people say it themselves: a nationality rather than a country."""
OVERSEAS = frozenset({"GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF"})
"""Parts of the French Republic with a code of their own: their people are French."""
ALPHA_3 = (
    "AUT:AT BEL:BE BGR:BG CYP:CY CZE:CZ DEU:DE DNK:DK EST:EE ESP:ES FIN:FI FRA:FR GRC:GR HRV:HR "
    "HUN:HU IRL:IE ITA:IT LTU:LT LUX:LU LVA:LV MLT:MT NLD:NL POL:PL PRT:PT ROU:RO SWE:SE SVN:SI "
    "SVK:SK ISL:IS LIE:LI NOR:NO CHE:CH MAR:MA DZA:DZ TUN:TN SEN:SN MLI:ML CIV:CI CMR:CM COD:CD "
    "COG:CG GIN:GN MDG:MG TUR:TR GBR:GB UKR:UA RUS:RU SRB:RS ALB:AL GEO:GE ARM:AM SYR:SY AFG:AF "
    "IRN:IR IRQ:IQ LBN:LB EGY:EG USA:US CAN:CA BRA:BR COL:CO PER:PE MEX:MX ARG:AR CHL:CL CHN:CN "
    "IND:IN PAK:PK BGD:BD LKA:LK VNM:VN JPN:JP KOR:KR PHL:PH THA:TH COM:KM HTI:HT TGO:TG BEN:BJ "
    "BFA:BF NER:NE TCD:TD GAB:GA MRT:MR NGA:NG GHA:GH ETH:ET SOM:SO SDN:SD AUS:AU MDA:MD"
)


def _plain(text: str) -> str:
    spaced = text.casefold().replace("’", " ").replace("œ", "oe")
    ascii_text = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", ascii_text).strip()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Plain name or code → ISO alpha-2."""
    territories = {
        code: name for code, name in Locale("fr").territories.items() if len(code) == 2 and code.isalpha()
    }
    names = {_plain(name): code for code, name in territories.items()}
    names |= {
        code.casefold(): code for code in territories if code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB")
    }
    names |= {pair[:3].casefold(): pair[4:] for pair in ALPHA_3.split()}
    return names | OTHER_NAMES


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    """Plain nationality, feminine too → ISO alpha-2."""
    pairs = [pair.split(":") for pair in PEOPLES.split()]
    return {f"{people}{end}": code for people, code in pairs for end in ("", "e", "ne")}


def country_of(text: str) -> str | None:
    """The ISO alpha-2 code; None when the text names no country."""
    plain = _plain(text)
    for article in ("", "le ", "la ", "les ", "l "):
        if plain.startswith(article) and (code := _names().get(plain[len(article) :])):
            return "FR" if code in OVERSEAS else code
    return _peoples().get(plain)
