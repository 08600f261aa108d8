/** What a study rests on, in words. */

import { expect, test } from "vitest";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { translator } from "../../dashboards/i18n/texts.ts";
import {
  compositionHint,
  cutsHint,
  studyBasis,
} from "../../dashboards/pages/managers/study-words.ts";
import { STUDY } from "./study.ts";

const ENGLISH = { t: translator("en"), formats: createFormats("en-GB", "Europe/Berlin") };
const CHINESE = { t: translator("zh"), formats: createFormats("zh-CN", "Asia/Shanghai") };

test("the days by their last one, who is left out of both arms, and that no filter matters", () => {
  expect(studyBasis(STUDY, ENGLISH)).toBe(
    "1 Jun 2026 to 30 Jun 2026 against 1 Jul 2026 to 30 Jul 2026. " +
      "Left out, as their figures rest on too little: 5 people before, 1 after. " +
      "Always the whole centre and all its days: the filters above do not change this.",
  );
  expect(studyBasis({ ...STUDY, treatedEarlier: 1 }, ENGLISH)).toContain("1 person.");
  expect(studyBasis({ ...STUDY, treatedEarlier: 3 }, CHINESE)).toBe(
    "2026年6月1日至2026年6月30日，对比2026年7月1日至2026年7月30日。" +
      "因数据过少未计入：之前 5 人，之后 1 人。因此前已有助手未计入：3 人。" +
      "始终针对整个中心的全部日期，不受上方筛选影响。",
  );
});

test("nobody left out is said too", () => {
  const { treated } = STUDY;
  const all = {
    ...{ ...treated, before: { ...treated.before, tooFew: 0 } },
    after: { ...treated.after, tooFew: 0 },
  };
  const found = studyBasis({ ...STUDY, treated: all, control: null }, ENGLISH);
  expect(found).toContain("Nobody is left out.");
});

test("a variance below zero is explained where there is one", () => {
  const { composition } = STUDY;
  if (composition === null) throw new Error("the study made by hand has a composition");
  expect(compositionHint(composition, ENGLISH)).not.toContain("below zero");
  expect(compositionHint({ ...composition, after: -3 }, ENGLISH)).toContain("below zero");
});

test("how many earlier days show as much", () => {
  expect(cutsHint(STUDY, ENGLISH)).toContain("4% of all these days");
  expect(cutsHint({ ...STUDY, cutShare: null }, ENGLISH)).not.toContain("%");
});
