"""Small figures for pictures: every card state, every kind of line, and the three layouts."""

from __future__ import annotations

from brm_desktop.domain.records import ContactLevel, PersonId, Role, Stance
from brm_desktop.domain.scores import Band, Freshness
from brm_desktop.rendering.figure import (
    Box,
    Card,
    Figure,
    Group,
    Lane,
    Lens,
    Line,
    LineStyle,
    Point,
    RouteMark,
    Score,
    SectorMark,
    Side,
)
from brm_desktop.rendering.layouts.lanes import lanes
from brm_desktop.rendering.layouts.rings import Around, rings
from brm_desktop.rendering.layouts.tidy import tidy


def score(value: int | None, freshness: Freshness = Freshness.FRESH) -> Score:
    if value is None:
        return Score()
    band = Band.STRONG if value >= 70 else Band.MEDIUM if value >= 40 else Band.WEAK
    return Score(value=value, band=band, freshness=freshness)


def card(name: str, x: float = 0.0, y: float = 0.0, **fields: object) -> Card:
    given: dict[str, object] = {
        "person": PersonId(name),
        "centre": Point(x, y),
        "name": name,
        "subtitle": "决策 · 信息中心",
        "closeness": score(80),
        "solution": score(55),
        "price": score(35),
    }
    return Card(**{**given, **fields})  # type: ignore[arg-type]


def chain() -> Figure:
    cards = [
        card("陈国栋", 0, 0, crucial=True, stance=Stance.NEUTRAL, roles=(Role.APPROVER,)),
        card("周海", 0, 134, stance=Stance.MENTOR, competitor=70, veto=True),
        card("Lin Lan", 300, 60, stance=Stance.UNKNOWN, closeness=score(None)),
        card("赵", 300, 190, side=Side.COMPETITOR, subtitle="凌云"),
    ]
    lines = (
        line("陈国栋", "周海", LineStyle.REPORTING),
        line("Lin Lan", "陈国栋", LineStyle.INFLUENCE, strength=90),
        line("赵", "周海", LineStyle.COMPETITOR_TIE, strength=70, assumed=True, label="同学"),
        line("Lin Lan", "周海", LineStyle.CONFLICT),
    )
    lanes = (
        Lane(title="批准者", box=Box(-160, -63, 300, 126)),
        Lane(title="decision maker", box=Box(-160, 71, 300, 126)),
        Lane(title="beside", box=Box(180, -63, 240, 320), column=True),
    )
    return Figure(
        canvas="",
        cards={c.person: c for c in cards},
        lines=lines,
        lanes=lanes,
        routes=(
            RouteMark(number=1, people=(PersonId("Lin Lan"), PersonId("陈国栋")), weakest=0),
            RouteMark(
                number=2,
                people=(PersonId("赵"), PersonId("Lin Lan"), PersonId("周海")),
                weakest=1,
            ),
        ),
    )


def line(source: str, target: str, style: LineStyle, **fields: object) -> Line:
    return Line(
        record=f"{source} {target}",
        source=PersonId(source),
        target=PersonId(target),
        style=style,
        **fields,  # type: ignore[arg-type]
    )


def alone(one: Card) -> Figure:
    return Figure(canvas="", cards={one.person: one})


def zoo() -> Figure:
    cards = [
        card("总经理 陈国栋", 0, 0, crucial=True, stance=Stance.NEUTRAL, roles=(Role.APPROVER,)),
        card("CIO 周海", 230, 0, competitor=70, stance=Stance.MENTOR, note="权力 100"),
        card("Assistant Chief of Staff Equipment", 0, 110, placeholder=True, closeness=score(None)),
        card(
            "孙强", 230, 110, closeness=score(58, Freshness.STALE), price=score(30, Freshness.STALE)
        ),
        card("王敏", 0, 220, side=Side.OWN, note="knows 3"),
        card("赵磊", 230, 220, side=Side.COMPETITOR, subtitle="凌云软件"),
        card("离职的人", 0, 330, left=True, pinned=True, stance=Stance.ENEMY),
        card("顾问", 230, 330, side=Side.PARTNER, subtitle="远航集成"),
    ]
    return Figure(canvas="", cards={c.person: c for c in cards})


def marked() -> Figure:
    """The marks of a chain and of time."""
    levels = tuple(ContactLevel)
    cards = [
        card(
            f"人 {number}",
            (number % 2) * 230.0,
            (number // 2) * 110.0,
            stance=stance,
            contact=levels[number % len(levels)],
            roles=tuple(Role)[: number % 3 + 1],
            veto=number == 1,
            sole_approver=number == 3,
            change=(0, 12, -8, 100, None, -1)[number],
            lens=tuple(Lens)[number % len(Lens)],
            closeness=score(
                (20, 50, 90)[number % 3], (Freshness.FRESH, Freshness.AGEING)[number % 2]
            ),
        )
        for number, stance in enumerate(Stance)
    ]
    return Figure(canvas="", cards={c.person: c for c in cards})


def lines() -> Figure:
    """Every kind of line, plain and assumed, with and without words."""
    cards, drawn = [], []
    for number, style in enumerate(LineStyle):
        y = number * 104.0
        cards += [card(f"{number}a", 0, y), card(f"{number}b", 380, y + 24.0)]
        drawn.append(
            line(
                f"{number}a",
                f"{number}b",
                style,
                strength=(20, 60, 100)[number % 3],
                assumed=number % 2 == 1,
                stale=style is LineStyle.PARTNER_TIE,
                label="同学" if number % 2 else "",
            )
        )
    return Figure(canvas="", cards={c.person: c for c in cards}, lines=tuple(drawn))


_BELOW = {"b": "a", "c": "a", "d": "b", "e": "b", "f": "c", "g": "c", "h": "f"}


def tree() -> Figure:
    """The tidy tree, with the grounds of two departments."""
    people = "abcdefgh"
    places = tidy(people, _BELOW, influence=[("h", "d")])
    cards = {PersonId(one): card(one, at.x, at.y) for one, at in places.items()}
    drawn = [line(manager, one, LineStyle.REPORTING) for one, manager in _BELOW.items()]
    drawn.append(line("h", "d", LineStyle.INFLUENCE, strength=70))
    known = [
        Group(
            department="1", title="制造部", parts=_parts("b", "de"), count=3, closeness=score(62)
        ),
        Group(department="2", title="IT", parts=_parts("c", "fgh"), count=9, folded=True),
    ]
    return Figure(canvas="", cards=cards, lines=tuple(drawn), groups=tuple(known))


def _parts(*parts: str) -> tuple[tuple[PersonId, ...], ...]:
    return tuple(tuple(PersonId(one) for one in part) for part in parts)


def laned() -> Figure:
    """The lanes of a chain, with a competitor's man beside them."""
    rows = {"a": 0, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2, "g": 3}
    upright = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "e"), ("c", "f"), ("e", "g")]
    bent = [("x", "d"), ("y", "f"), ("i", "a")]
    laid = lanes(rows, upright, influence=bent, beside=["i"], outside=["x", "y"])
    outside = {"side": Side.COMPETITOR, "subtitle": "凌云"}
    cards = {
        PersonId(one): card(one, at.x, at.y, **(outside if one in "xy" else {}))
        for one, at in laid.places.items()
    }
    drawn = [line(one, other, LineStyle.DECIDES_FOR) for one, other in upright]
    drawn += [
        line(one, other, LineStyle.INFLUENCE if one == "i" else LineStyle.COMPETITOR_TIE)
        for one, other in bent
    ]
    titles = ("批准者", "决策者", "评估者", "使用者")
    found = [Lane(title=title, box=box) for title, box in zip(titles, laid.lanes, strict=True)]
    found.append(Lane(title="影响者", box=laid.column, column=True))
    return Figure(canvas="", cards=cards, lines=tuple(drawn), lanes=tuple(found))


def ringed() -> Figure:
    """The rings around one person, with their captions."""
    around = {
        "a": Around(0, 80),
        "b": Around(0, 30),
        "c": Around(1, 90),
        "d": Around(1, 50),
        "e": Around(2, 60),
    }
    laid = rings("m", around, facing=0.75)
    sides = {"a": Side.OWN, "b": Side.OWN, "e": Side.COMPETITOR}
    cards = {
        PersonId(one): card(one, at.x, at.y, side=sides.get(one, Side.CUSTOMER))
        for one, at in laid.places.items()
    }
    drawn = [line(one, "m", LineStyle.INFLUENCE, strength=70) for one in "abcde"]
    return Figure(
        canvas="",
        cards=cards,
        lines=tuple(drawn),
        centre=PersonId("m"),
        rings=laid.rings,
        captions=("strong", "medium", "weak")[: len(laid.rings)],
        sectors=tuple(SectorMark(f"sector {n}", angle) for n, angle in laid.middles.items()),
        routes=(RouteMark(number=1, people=(PersonId("a"), PersonId("m")), weakest=0),),
    )
