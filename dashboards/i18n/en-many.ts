/** Texts in English: what is said where there are too many agents to list or to draw. */

export const enMany = {
  "many.listed":
    "{{all}} agents: the {{listed}} who handled most are listed, figures over agents count all. To list others, narrow the filter.",
  "many.file": "A CSV or Arrow file has every agent.",
  "many.drawn": "{{agents}}, {{drawn}} of them drawn at equal steps",
  "many.signedOn": "{{all}} agents are signed on: the first {{listed}} by name are shown.",
  "many.search": "Find an agent",
  "many.choices": "The first {{listed}} are offered: type part of a name to find others.",
} as const;
