/**
 * Teams that got their assistant one after another: the effect by group and period, each against those
 * who did not have it yet.
 *
 *   ATT(g, t) = mean over i ∈ g of (Y_it − Y_i,g−1) − mean over i ∈ C of (Y_it − Y_i,g−1)
 *
 * g: the period of adoption, C: not treated by t. A two-way fixed-effects regression would take those who
 * were treated early as controls for those treated late, and is not offered. By time since adoption
 * e = t − g, the groups weigh by their size. Y is the agent's figure, or for spread the agent's split-half
 * product (`split-half.ts`), whose mean is σ²_A.
 * Source: Callaway & Sant'Anna 2021, Journal of Econometrics 225 (no covariates).
 *
 * @example
 * groupTimeEffects([{ adopted: 1, values: [10, 14] }, { adopted: null, values: [5, 6] }])[0]?.effect // => 3
 */

/** One agent's figure by period; null where there is none. `adopted`: the period, null for never. */
export interface Course {
  readonly adopted: number | null;
  readonly values: readonly (number | null)[];
}

export interface GroupTimeEffect {
  readonly group: number;
  readonly period: number;
  readonly effect: number;
  readonly treated: number;
  readonly controls: number;
}

export interface EventEffect {
  /** Periods since adoption; below 0 is before, where an effect is a placebo. */
  readonly event: number;
  readonly effect: number;
  readonly treated: number;
}

/**
 * All effects that can be had: a group needs a period before its adoption, and each effect at least one
 * agent on either side with figures in both periods. `placebos` yields periods before adoption too,
 * against the period before each.
 */
export function groupTimeEffects(
  courses: readonly Course[],
  { placebos = false }: { readonly placebos?: boolean } = {},
): readonly GroupTimeEffect[] {
  const periods = Math.max(0, ...courses.map(({ values }) => values.length));
  const groups = [...new Set(courses.map(({ adopted }) => adopted))]
    .filter((adopted): adopted is number => adopted !== null && adopted >= 1 && adopted < periods)
    .sort((a, b) => a - b);
  return groups.flatMap((group) =>
    Array.from({ length: periods }, (_, period) => period).flatMap((period) => {
      if (period < (placebos ? 1 : group)) return [];
      const base = period < group ? period - 1 : group - 1;
      const treated = changes(courses, { base, period }, ({ adopted }) => adopted === group);
      const controls = changes(
        courses,
        { base, period },
        ({ adopted }) => adopted === null || adopted > Math.max(period, group),
      );
      if (treated.length === 0 || controls.length === 0) return [];
      const effect = meanOf(treated) - meanOf(controls);
      return [{ group, period, effect, treated: treated.length, controls: controls.length }];
    }),
  );
}

/** By time since adoption, groups weighted by the agents they are measured on. */
export function eventEffects(effects: readonly GroupTimeEffect[]): readonly EventEffect[] {
  const byEvent = new Map<number, { sum: number; treated: number }>();
  for (const { group, period, effect, treated } of effects) {
    const event = period - group;
    const known = byEvent.get(event) ?? { sum: 0, treated: 0 };
    known.sum += effect * treated;
    known.treated += treated;
    byEvent.set(event, known);
  }
  return [...byEvent]
    .map(([event, { sum, treated }]) => ({ event, effect: sum / treated, treated }))
    .sort((a, b) => a.event - b.event);
}

function changes(
  courses: readonly Course[],
  { base, period }: { readonly base: number; readonly period: number },
  isMember: (course: Course) => boolean,
): number[] {
  return courses.filter(isMember).flatMap(({ values }) => {
    const [from, to] = [values[base] ?? null, values[period] ?? null];
    return from === null || to === null ? [] : [to - from];
  });
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
