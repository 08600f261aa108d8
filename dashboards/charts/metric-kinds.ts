/** What kind of figure each metric is, which says how it is written and what its axis reads. */

import type { FigureKind } from "../i18n/formats.ts";

const KINDS: Readonly<Record<string, FigureKind>> = {
  contacts: "count",
  offered: "count",
  handled: "count",
  abandoned: "count",
  redirected: "count",
  actionsVerified: "count",
  meanHandleSeconds: "seconds",
  meanTalkSeconds: "seconds",
  meanHoldSeconds: "seconds",
  meanWrapSeconds: "seconds",
  averageSpeedOfAnswerSeconds: "seconds",
  serviceLevel: "share",
  abandonment: "share",
  occupancy: "share",
  firstContactResolution: "share",
  transferShare: "share",
  casesPerHour: "perHour",
  casesPerHourOnTask: "perHour",
  casesPerHourSignedOn: "perHour",
  casesPerHourPaid: "perHour",
  casesPerHourScheduled: "perHour",
  complaintsPerThousand: "perMille",
  satisfactionMean: "score",
  costPerContact: "money",
  costPerResolution: "money",
  costPerAction: "money",
};

export const kindOf = (metric: string): FigureKind => KINDS[metric] ?? "score";
