/** English texts of the study of spread: did people come to perform more alike since their assistant came? */

export const enStudy = {
  "study.title": "Since the assistant came: {{metric}}",
  "study.verdict.suppressed": "Suppressed: too few people",
  "study.verdict.not_estimable": "Not estimable",
  "study.verdict.no_change_shown": "No change shown",
  "study.verdict.change_shown": "Change shown",
  "study.verdict.claim_grade": "Claim-grade",
  "study.windows": "{{beforeFrom}} to {{beforeTo}} against {{afterFrom}} to {{afterTo}}.",
  "study.tooFew":
    "Left out, as their figures rest on too little: {{before}} people before, {{after}} after.",
  "study.treatedEarlier_one": "Left out, as an assistant came before these days: {{shown}} person.",
  "study.treatedEarlier_other":
    "Left out, as an assistant came before these days: {{shown}} people.",
  "study.nobodyLeftOut": "Nobody is left out.",
  "study.wholeCentre":
    "Always the whole centre and all its days: the filters above do not change this.",
  "study.none.no_adoption": "No assistant came in the days there is data for.",
  "study.none.invalid_period":
    "Most got their assistant on the first day there is data for: there is nothing before it to compare with.",
  "what.study": "the study of the spread",

  "study.fallTitle": "How much the spread fell",
  "study.fallHint":
    "Left of zero people drew apart. The variance is the standard deviation squared: 45% less of the one is 69.75% less of the other.",
  "study.fallAria": "How much the spread fell, with 95 % intervals.",
  "study.seen": "As seen",
  "study.corrected": "Without noise",
  "study.net": "Net of those without",
  "study.netLong": "Net of those without an assistant",
  "study.noControl": "nobody without one",
  "study.range": "{{value}} ({{low}} to {{high}})",
  "study.unbounded": "any rise",
  "study.with": "People with an assistant: before, after",
  "study.without": "People without: before, after",
  "study.peopleOf": "{{before}}, {{after}}",

  "study.compositionTitle": "Who stayed, who came, who left",
  "study.compositionHint":
    "Variance without noise. The first bar and the three steps add up to the last.",
  "study.belowZero": "A variance below zero cannot be told from none.",
  "study.compositionAxis": "Variance, {{unit}}",
  "study.compositionAria": "The variance without noise, before and after, and what changed it.",
  "study.compositionEmpty":
    "Not told: fewer than ten people stayed, came or left, and what they brought would tell of each of them.",
  "study.before": "Before",
  "study.after": "After",
  "study.stayers": "Stayed",
  "study.joiners": "Came",
  "study.leavers": "Left",
  "study.count": "n = {{shown}}",
  "study.square.casesPerHour": "(cases/h)²",
  "study.square.casesPerHourOnTask": "(cases/h)²",
  "study.square.meanHandleSeconds": "s²",
  "study.square.satisfactionMean": "points²",
  "study.square.firstContactResolution": "percentage points²",

  "study.fifthsTitle": "Lowest to highest fifth",
  "study.fifthsHint":
    "Ranked by one half of the days before and measured by the other: ranked and measured by the same days, the lucky and the unlucky would draw nearer though nothing changed.",
  "study.fifthsAria": "The mean of each fifth of the people, before and after.",
  "study.fifthsEmpty": "Too few people: fifths take at least 50 who were there before and after.",
  "study.fifth.1": "Lowest fifth",
  "study.fifth.2": "Second",
  "study.fifth.3": "Middle",
  "study.fifth.4": "Fourth",
  "study.fifth.5": "Highest fifth",
  "study.fromTo": "{{before}} → {{after}}",

  "study.cutsTitle": "The same at days on which nothing happened",
  "study.cutsHint": "The days before, cut in two at each of them.",
  "study.cutsShare":
    "{{share}} of all these days, the true one among them, show as large a change.",
  "study.fallAxis": "Fall of the standard deviation",
  "study.cutsAria": "The fall of the spread at earlier days, and at the day the assistant came.",
  "study.earlierCut": "nothing happened",
  "study.trueCut": "the assistant came",
} as const;
