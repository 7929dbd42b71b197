"""Early signs of growth in monthly counts: how many were to be expected, and whether this many is more than chance. Pure; no Django.

The method is the improved Farrington algorithm of public health (Farrington, Andrews, Beale and Catchpole 1996, J. R. Stat.
Soc. A 159:547–563; Noufaily, Enki, Farrington, Garthwaite, Andrews and Charlett 2013, Statistics in Medicine 32:1206–1222), for
months in place of weeks:

- a quasi-Poisson regression of the months before on a level, the season (one yearly wave, from three years on) and a trend;
- the trend stays only when it is significant (5 %) and does not predict more than was ever seen (1996, section 3.5);
- the newest three months before the judged one are left out, so that a growth that has begun does not hide itself;
- months that stand out weigh less in a second fit: squared Anscombe residual against 2.58 (2013, section 3.3);
- the limit is a quantile of the negative binomial with the dispersion found (2013, section 3.4), widened by the uncertainty
  of the prediction; and, which is ours, by Student's distribution, since a dispersion learned from fifteen months is itself a guess:
  without it such series raised 18 false alarms in 1,000 months, with it 6 (at a limit of 0.005).

Published counts are blocks of five persons and more (partition.py): a month without a block may hide up to four persons.
`Month.hidden` says so, and the regression takes such a month as holding them all, so that crossing the threshold of
publication is never itself a growth. That makes the method late rather than loud.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from kenesh.problems.partition import SMALLEST

GUARD = 3  # months before the judged one that are not learned from
SHORTEST = 12  # months to learn from, at least
LONGEST = 60
ALARM = 0.0025  # how seldom chance alone may pass the limit; tried, it does so in up to 0.005 of months (bench/outbreaks.py)
RANGE = 0.025  # on each side of the expected range
_SEASONS_FROM = 36  # months to learn from before a season is seen in them
_STANDS_OUT = 2.58
_SIGNIFICANT = 1.96
_ROUNDS = 12
_NORMAL = NormalDist()

Vector = list[float]


@dataclass(frozen=True)
class Month:
    """Persons counted in a month (parts of longer blocks spread evenly), and how many more it may hide."""

    persons: float
    hidden: int = 0


@dataclass(frozen=True)
class Expected:
    """What a month would hold without a growth: the mean, the range of 95 in 100 months, and the limit of the alarm."""

    mean: float
    low: int
    high: int
    limit: int
    variance: float
    freedom: int  # months that were learned from, less what was learned of them


@dataclass(frozen=True)
class Growth:
    """`since`: the place of the first of the months that are above their range without a break. `chance`: how often so many, or
    more, come in a month in which nothing grows."""

    since: int
    chance: float


def months_of(blocks: Iterable[tuple[int, int, int]], first: int, after: int) -> list[Month]:
    """Each month's share of the blocks that cover it: (number of the first month, months, persons). A month that no block covers may
    hide all but one of the smallest block."""
    persons = [0.0] * max(after - first, 0)
    for start, length, number in blocks:
        for month in range(max(start, first), min(start + length, after)):
            persons[month - first] += number / length
    return [Month(number, 0 if number else SMALLEST - 1) for number in persons]


def expected(months: Sequence[Month], at: int) -> Expected | None:
    """What the month at this place would hold, learned from those before; None when they are too few."""
    last = at - GUARD
    first = max(0, last - LONGEST)
    if last - first < SHORTEST:
        return None
    places = list(range(first, last))
    counts = [months[place].persons + months[place].hidden for place in places]
    mean, variance, freedom = _predicted(places, counts, at)
    return Expected(
        mean=mean,
        low=_quantile(RANGE, mean, variance),
        high=_quantile(1 - RANGE, mean, variance),
        limit=_quantile(1 - _tail_if_known(ALARM, freedom), mean, variance),
        variance=variance,
        freedom=freedom,
    )


def growth(months: Sequence[Month]) -> Growth | None:
    """Whether the newest month holds more than chance explains, and since when; None when not, or when nobody can tell yet."""
    newest = len(months) - 1
    now = expected(months, newest) if months else None
    if now is None or months[newest].persons <= now.limit:
        return None
    since = newest
    while since > max(newest - 2 * GUARD, 0):
        before = expected(months, since - 1)
        if before is None or months[since - 1].persons <= before.high:
            break
        since -= 1
    tail = _at_least(math.ceil(months[newest].persons), now.mean, now.variance)
    return Growth(since, _tail_as_it_is(tail, now.freedom))


# --- the regression -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Fit:
    """Coefficients, their covariance without the dispersion, fitted means and the dispersion (1 or more)."""

    beta: Vector
    covariance: list[Vector]
    means: Vector
    dispersion: float


def _predicted(places: Sequence[int], counts: Vector, at: int) -> tuple[float, float, int]:
    """Mean and variance of the count at this place, and the degrees of freedom."""
    with_season = len(places) >= _SEASONS_FROM
    for with_trend in (True, False):
        rows = [_row(place, at, with_season, with_trend) for place in places]
        fit = _fitted(rows, counts, _weights(rows, counts))
        ahead = _row(at, at, with_season, with_trend)
        mean = math.exp(min(sum(b * x for b, x in zip(fit.beta, ahead, strict=True)), 30.0))
        if not with_trend:
            break
        error = math.sqrt(fit.dispersion * fit.covariance[-1][-1])
        if abs(fit.beta[-1]) > _SIGNIFICANT * error and mean <= max(counts):
            break
    leverage = sum(a * b * fit.covariance[i][j] for i, a in enumerate(ahead) for j, b in enumerate(ahead))
    return mean, fit.dispersion * (mean + mean**2 * leverage), len(rows) - len(fit.beta)


def _row(place: int, at: int, with_season: bool, with_trend: bool) -> Vector:
    """What the regression knows of a month: the level, where in the year it lies, and how long ago it was in years."""
    turn = 2 * math.pi * (place % 12) / 12
    return [1.0, *((math.cos(turn), math.sin(turn)) if with_season else ()), *(((place - at) / 12,) if with_trend else ())]


def _weights(rows: list[Vector], counts: Vector) -> Vector:
    """Less for months that stand out above: the growth of a past year must not make this year's look usual."""
    fit = _fitted(rows, counts, [1.0] * len(counts))
    residuals = [
        1.5 * (count ** (2 / 3) - mean ** (2 / 3)) / (mean ** (1 / 6) * math.sqrt(fit.dispersion))
        for count, mean in zip(counts, fit.means, strict=True)
    ]
    raw = [residual**-2 if residual > _STANDS_OUT else 1.0 for residual in residuals]
    return [weight * len(raw) / sum(raw) for weight in raw]


def _fitted(rows: list[Vector], counts: Vector, weights: Vector) -> _Fit:
    """Iteratively reweighted least squares for log mean = row · beta (McCullagh and Nelder 1989, section 2.5)."""
    means = [max(count, 0.5) for count in counts]
    beta: Vector = []
    for _round in range(_ROUNDS):
        pull = [w * m for w, m in zip(weights, means, strict=True)]
        target = [math.log(m) + (c - m) / m for c, m in zip(counts, means, strict=True)]
        normal = _normal(rows, pull)
        right = [sum(p * row[i] * t for p, row, t in zip(pull, rows, target, strict=True)) for i in range(len(rows[0]))]
        found = _product(_inverse(normal), right)
        moved = max((abs(a - b) for a, b in zip(found, beta, strict=False)), default=math.inf)
        beta = found
        means = [math.exp(max(min(sum(b * x for b, x in zip(beta, row, strict=True)), 30.0), -3.0)) for row in rows]
        if moved < 1e-6:
            break
    pull = [w * m for w, m in zip(weights, means, strict=True)]
    spread = sum(w * (c - m) ** 2 / m for w, c, m in zip(weights, counts, means, strict=True))
    return _Fit(beta, _inverse(_normal(rows, pull)), means, max(1.0, spread / (len(rows) - len(beta))))


def _normal(rows: list[Vector], pull: Vector) -> list[Vector]:
    size = range(len(rows[0]))
    return [[sum(p * row[i] * row[j] for p, row in zip(pull, rows, strict=True)) for j in size] for i in size]


def _product(matrix: list[Vector], vector: Vector) -> Vector:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _inverse(matrix: list[Vector]) -> list[Vector]:
    """Of a symmetric positive matrix of at most four rows, by Gauss and Jordan; a touch on the diagonal keeps it invertible."""
    size = len(matrix)
    work = [[*row, *(1.0 if i == j else 0.0 for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        work[i][i] += 1e-9
    for i in range(size):
        best = max(range(i, size), key=lambda row: abs(work[row][i]))
        work[i], work[best] = work[best], work[i]
        work[i] = [value / work[i][i] for value in work[i]]
        for j in range(size):
            if j != i:
                work[j] = [a - work[j][i] * b for a, b in zip(work[j], work[i], strict=True)]
    return [row[size:] for row in work]


# --- the negative binomial ------------------------------------------------------------------------------------------------


def _log_chance(count: int, mean: float, variance: float) -> float:
    """Of exactly this count; Poisson when the variance is no larger than the mean."""
    if variance <= mean * (1 + 1e-9):
        return count * math.log(mean) - mean - math.lgamma(count + 1)
    size = mean**2 / (variance - mean)
    return (
        math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
        + size * math.log(size / (size + mean)) + count * math.log(mean / (size + mean))
    )  # fmt: skip


def _quantile(share: float, mean: float, variance: float) -> int:
    """The smallest count that at least this share of months does not exceed."""
    count = _far_below(mean, variance)
    total = math.exp(_log_chance(count, mean, variance))
    most = mean + 60 * math.sqrt(variance) + 60
    while total < share and count < most:
        count += 1
        total += math.exp(_log_chance(count, mean, variance))
    return count


def _at_least(count: int, mean: float, variance: float) -> float:
    """The chance of so many or more: the tail is summed itself, as 1 minus the rest would lose it in rounding."""
    total, each = 0.0, count
    while True:
        chance = math.exp(_log_chance(each, mean, variance))
        total += chance
        if each > mean and chance <= total * 1e-9:
            return min(total, 1.0)
        each += 1


# --- the dispersion is an estimate ----------------------------------------------------------------------------------------


def _tail_as_it_is(tail: float, freedom: int) -> float:
    """The chance of a tail of this size, as the dispersion was not known but learned from few months: Student's in place of the normal
    distribution (Wallace 1959, Ann. Math. Statist. 30:1121–1130, the approximation of section 2)."""
    if tail >= 0.5:
        return tail
    deviation = -_NORMAL.inv_cdf(max(tail, 1e-300))
    return _NORMAL.cdf(-_shrink(freedom) * math.sqrt(freedom * math.log1p(deviation**2 / freedom)))


def _tail_if_known(tail: float, freedom: int) -> float:
    """The other way round."""
    deviation = -_NORMAL.inv_cdf(tail) / _shrink(freedom)
    return _NORMAL.cdf(-math.sqrt(freedom * math.expm1(deviation**2 / freedom)))


def _shrink(freedom: int) -> float:
    return (8 * freedom + 1) / (8 * freedom + 3)


def _far_below(mean: float, variance: float) -> int:
    """From where summing is worth it: what lies below has no weight."""
    return max(0, math.floor(mean - 12 * math.sqrt(variance)))
