"""As many invented cases as one asks, spread over four years, every commune and the branches of the base directory.

Rows are made by the database itself from three small tables (numbers, days, places): a million take a minute or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, String, Table, func, insert, select, text
from sqlalchemy.orm import Session

from app.directory.models import Branch
from app.dossiers.models import Dossier
from app.extensions import UTCDateTime, db, transaction
from app.inquiries.models import Inquiry
from app.kernel.vocabulary import ZoneKind
from app.territory.queries import all_communes, maison_of

YEARS = 4
ONE_BRANCH = 20
"""A case in that many belongs to the branch whose pages are looked at."""
FAMILIES, THEMES = 217, ("recruter", "former", "garder", "alternance", "difficulte", "droit")
NEEDS = (
    "rec_trouver_candidats",
    "form_salaries",
    "gar_turnover",
    "alt_apprenti",
    "dif_activite",
    "dro_contrat",
)

HELPERS = MetaData()
NUMBERS = Table("volume_numbers", HELPERS, Column("i", BigInteger, primary_key=True))
DAYS = Table(
    "volume_days",
    HELPERS,
    Column("d", Integer, primary_key=True),
    *(Column(name, UTCDateTime) for name in ("filed_at", "taken_at", "closed_at")),
    *(Column(name, Date) for name in ("filed_on", "due", "called_on")),
)
SPOTS = Table(
    "volume_spots",
    HELPERS,
    Column("s", Integer, primary_key=True),
    *(Column(name, String(40)) for name in ("commune", "departement", "epci", "basin", "maison")),
)

# `{n}` cases from `{base}` on; status: nineteen in twenty are closed, one is open.
STATEMENTS = (
    """INSERT INTO inquiries (id, reference, form_id, filed_at, channel, siret, company, place, commune,
        departement, epci, workforce_low, workforce_high, email, phone, answers, link_version, is_demo)
       SELECT {base} + i, 'V-' || i, 'volume-' || i, filed_at, 'web', (100000000 + i % 300000) || '00011',
        'Entreprise ' || (i % 300000), 'Lieu', commune, departement, epci, i % 60, i % 60,
        'e' || (i % 300000) || '@exemple.fr', '04' || (10000000 + i % 300000), '{{}}', 1, {false}
       FROM volume_numbers JOIN volume_days ON d = i * {days} / {n} JOIN volume_spots ON s = (i * 7919) % {spots}""",
    """INSERT INTO needs (id, inquiry_id, key, theme, urgency, answers, rulebook_hash)
       SELECT {base} + i, {base} + i, CASE i % 6 {keys} END, CASE i % 6 {themes} END, 'normale', '{{}}', ''
       FROM volume_numbers""",
    """INSERT INTO dossiers (id, need_id, inquiry_id, branch_id, actor, rank, role, leads, status, filed_at,
        first_contact_due, first_contact_on, taken_at, taken_by_id, closed_at, outcome, version, company_key, commune,
        departement, epci, maison, need_key, theme, asked_at, urgency)
       SELECT {base} + i, {base} + i, {base} + i, CASE WHEN i % {share} = 0 THEN {ours} ELSE {others} + i % {count} END,
        'opco', 0, 'lead', {true}, CASE WHEN i % 19 > 0 THEN 'closed' WHEN i % 38 = 0 THEN 'taken' ELSE 'received' END,
        filed_at, due, CASE WHEN i % 19 > 0 OR i % 3 > 0 THEN called_on END,
        CASE WHEN i % 38 <> 19 THEN taken_at END, CASE WHEN i % 38 <> 19 THEN {taker} END,
        CASE WHEN i % 19 > 0 THEN closed_at END, CASE WHEN i % 19 > 0 THEN 'helped' END, 1,
        'entreprise ' || (i % 300000), commune, departement, epci, maison, CASE i % 6 {keys} END,
        CASE i % 6 {themes} END, filed_at, 'normale'
       FROM volume_numbers JOIN volume_days ON d = i * {days} / {n} JOIN volume_spots ON s = (i * 7919) % {spots}""",
    """INSERT INTO dossier_events (id, need_id, dossier_id, at, user_id, kind, rulebook)
       SELECT {base} + i, {base} + i, {base} + i, filed_at, NULL, 'opened', ''
       FROM volume_numbers JOIN volume_days ON d = i * {days} / {n}""",
    """INSERT INTO signals (id, need_id, inquiry_id, company, filed_on, rome, family, theme, need_key, commune, epci,
        bassin_bmo, departement, head_count, answered, counted, event_id)
       SELECT {base} + i, {base} + i, {base} + i, 'c' || (i % 300000), filed_on, 'D1102', 'F' || (i * 31 % {families}),
        CASE i % 6 {themes} END, CASE i % 6 {keys} END, commune, epci, basin,
        departement, 1, {true}, {true}, {base} + i
       FROM volume_numbers JOIN volume_days ON d = i * {days} / {n} JOIN volume_spots ON s = (i * 7919) % {spots}""",
    """INSERT INTO letters (id, kind, once, version, message_id, recipient, inquiry_id, dossier_id, branch_id, status,
        due_at, attempts, posted_at, sent_at)
       SELECT {base} + i, 'acknowledgement', 'volume-' || i, 0, 'volume-' || i, 'company', {base} + i, NULL, NULL,
        'sent', filed_at, 1, filed_at, filed_at
       FROM volume_numbers JOIN volume_days ON d = i * {days} / {n}""",
)


def load(cases: int, ours: int, taker: int, on: date) -> None:
    """Add that many cases to what is there, a twentieth in the branch `ours`, taken by `taker`; then ANALYZE."""
    with transaction() as session:
        HELPERS.create_all(session.connection())
        base = _fill_helpers(session, cases, on)
        values = _values(session, cases, base, ours, taker)
        for statement in STATEMENTS:
            session.execute(text(statement.format(**values)))
        HELPERS.drop_all(session.connection())
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _fill_helpers(session: Session, cases: int, on: date) -> int:
    """Numbers, days and places; returns the number above those in use."""
    session.execute(insert(NUMBERS).from_select(["i"], _numbers(cases)))
    session.execute(
        insert(DAYS),
        [_day(rank, on - timedelta(days=YEARS * 365 - 1 - rank), on) for rank in range(YEARS * 365)],
    )
    spots = [
        {
            "s": rank,
            "commune": one.code,
            "departement": one.departement,
            "epci": one.zones.get(ZoneKind.EPCI),
            "basin": one.zones.get(ZoneKind.BASSIN_BMO),
            "maison": found.slug if (found := maison_of(one.code)) else "",
        }
        for rank, one in enumerate(all_communes())
    ]
    session.execute(insert(SPOTS), spots)
    tops = (session.scalar(select(func.max(one.id))) or 0 for one in (Inquiry, Dossier))
    return max(tops) + 1_000


def _numbers(cases: int):  # type: ignore[no-untyped-def]
    return text(
        f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {cases - 1}) SELECT i FROM n"
    ).columns(i=BigInteger)


def _day(rank: int, filed: date, on: date) -> dict[str, object]:
    """The oldest first, as numbers go."""
    at = datetime.combine(filed, time(9), UTC)
    return {
        "d": rank,
        "filed_at": at,
        "taken_at": at + timedelta(days=2),
        "closed_at": min(at + timedelta(days=20), datetime.combine(on, time(9), UTC)),
        "filed_on": filed,
        "due": filed + timedelta(days=7),
        "called_on": filed + timedelta(days=3),
    }


def _values(session: Session, cases: int, base: int, ours: int, taker: int) -> dict[str, object]:
    yes, no = ("true", "false") if db.engine.dialect.name == "postgresql" else ("1", "0")
    return {
        "base": base,
        "days": YEARS * 365,
        "spots": session.scalar(select(func.count()).select_from(SPOTS)),
        "families": FAMILIES,
        "share": ONE_BRANCH,
        "ours": ours,
        "others": session.scalar(select(func.min(Branch.id))),
        "count": min(40, session.scalar(select(func.count()).select_from(Branch)) or 1),
        "taker": taker,
        "keys": _cases(NEEDS),
        "themes": _cases(THEMES),
        "true": yes,
        "false": no,
        "n": cases,
    }


def _cases(names: Sequence[str]) -> str:
    return " ".join(f"WHEN {rank} THEN '{name}'" for rank, name in enumerate(names))
