/** The vendors' answer in words: how many outcomes were verified, and what each costs where. */

import { figureOf, isSuppressed, textOf } from "../../api/rows.ts";
import type { MetricsRow } from "../../api/types.ts";
import type { Period } from "../../frame/periods.ts";
import type { Translate } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";
import { periodWords } from "../shared/period-words.ts";

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

interface PartyCost {
  readonly party: string;
  readonly cost: number;
  readonly currency: string;
}

/** Parties with a cost per action, the cheapest first. */
function costs(rows: readonly MetricsRow[]): PartyCost[] {
  return rows
    .flatMap((row) => {
      const party = textOf(row, "party");
      const cost = figureOf(row, "costPerAction");
      const currency = textOf(row, "currency");
      if (party === null || cost === null || currency === null || isSuppressed(row)) return [];
      return [{ party, cost, currency }];
    })
    .sort((one, other) => one.cost - other.cost);
}

export function outcomesSentence(
  total: MetricsRow | undefined,
  parties: readonly MetricsRow[],
  { t, formats }: Words,
): string {
  const verified = total === undefined ? null : figureOf(total, "actionsVerified");
  if (verified === null || verified === 0) {
    const handled = total === undefined ? null : figureOf(total, "handled");
    return t("vendors.noActions", { handled: formats.number(handled ?? 0) });
  }
  const actions = formats.number(verified);
  const known = costs(parties);
  const [least] = known;
  const most = known.at(-1);
  // Prices in two currencies cannot be ranked.
  const comparable = known.every(({ currency }) => currency === least?.currency);
  if (least === undefined || most === undefined || !comparable) {
    return t("vendors.actions", { count: verified, actions });
  }
  const written = ({ cost, currency }: PartyCost) => formats.money(cost, currency);
  if (least === most) {
    return t("vendors.oneParty", { party: least.party, actions, cost: written(least) });
  }
  return t("vendors.range", {
    actions,
    least: written(least),
    leastParty: least.party,
    most: written(most),
    mostParty: most.party,
  });
}

export function outcomesBasis(
  total: MetricsRow | undefined,
  parties: readonly MetricsRow[],
  period: Period,
  { t, formats }: Words,
): string {
  const handled = total === undefined ? null : figureOf(total, "handled");
  const cost = total === undefined ? null : figureOf(total, "costPerAction");
  const currency = total === undefined ? null : textOf(total, "currency");
  const days = periodWords(period, formats);
  // The sentence has told of the contacts already.
  if (cost === null && !total?.actionsVerified) return t("vendors.basisPeriod", days);
  const parts = [t("vendors.basisCost")];
  // Of one party the sentence has said it.
  if (cost !== null && currency !== null && costs(parties).length > 1) {
    parts.push(t("vendors.basisMean", { cost: formats.money(cost, currency) }));
  }
  parts.push(
    t("vendors.basisPopulation", {
      handled: formats.number(handled ?? 0),
      ...days,
    }),
  );
  return parts.join(t("sentence.space"));
}
