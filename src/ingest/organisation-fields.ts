/**
 * Which tables an organisation is made of, and which fields a row of each can fill. A table whose header
 * has these names needs no mapping; the kind of its rows is told by them.
 */

import { AGENT_KINDS, PARTY_KINDS } from "../domain/shared/vocabulary.ts";

export type MemberKind =
  | { readonly is: "name" }
  | { readonly is: "day" }
  | { readonly is: "price" }
  | { readonly is: "share" }
  | { readonly is: "currency" }
  | { readonly is: "choice"; readonly of: readonly string[] };

export interface MemberField {
  readonly kind: MemberKind;
  /** Must be mapped, and its cell must not be empty. */
  readonly required: boolean;
  /** What headers call it beside its own name. */
  readonly called: readonly string[];
}

function field(kind: MemberKind, ...called: readonly string[]): MemberField {
  return { kind, required: false, called };
}

function must(one: MemberField): MemberField {
  return { ...one, required: true };
}

const agent = field({ is: "name" }, "agentName", "坐席", "座席", "员工", "姓名");
const party = field({ is: "name" }, "partyName", "vendor", "合作方", "供应商", "公司");
const team = field({ is: "name" }, "teamName", "团队", "班组");
const skill = field({ is: "name" }, "skillName", "技能");
const assistant = field({ is: "name" }, "assistantName", "助手", "智能助手");
const queue = field({ is: "name" }, "queueName", "队列");
const formerName = field({ is: "name" }, "renamedFrom", "原名", "曾用名");
const fromDay = field({ is: "day" }, "from", "since", "validFrom", "开始日期", "生效日期");
const toDay = field({ is: "day" }, "to", "until", "validTo", "结束日期", "失效日期");
const price = (...called: readonly string[]) => field({ is: "price" }, ...called);
const agentKind = { is: "choice", of: AGENT_KINDS } as const;

export const ORGANISATION_FIELDS = {
  party: {
    party: must(party),
    kind: must(field({ is: "choice", of: PARTY_KINDS }, "partyKind", "类型")),
    formerName,
  },
  team: { party: must(party), team: must(team), formerName },
  agent: {
    agent: must(agent),
    kind: field(agentKind, "agentKind", "类型"),
    hiredOn: field({ is: "day" }, "hired", "入职日期"),
    leftOn: field({ is: "day" }, "left", "离职日期"),
    /** A further name that logs use. */
    alias: field({ is: "name" }, "别名", "工号"),
    formerName,
    party,
    team,
    fromDay,
    toDay,
  },
  skill: {
    agent: must(agent),
    skill: must(skill),
    proficiency: field({ is: "share" }, "熟练度"),
    fromDay: must(fromDay),
    toDay,
  },
  assistant: {
    agent: must(agent),
    assistant: must(assistant),
    fromDay: must(field({ is: "day" }, ...fromDay.called, "adoptedOn", "启用日期")),
    toDay,
  },
  cost_rate: {
    agent,
    party,
    agentKind: field(agentKind, "类型"),
    perHour: price("每小时"),
    perContact: price("每次联络"),
    perAction: price("每项成果"),
    currency: must(field({ is: "currency" }, "币种", "货币")),
    fromDay: must(fromDay),
    toDay,
  },
  queue: { queue: must(queue) },
} as const satisfies Record<string, Record<string, MemberField>>;

export type OrganisationRecord = keyof typeof ORGANISATION_FIELDS;

export const ORGANISATION_RECORDS = Object.keys(
  ORGANISATION_FIELDS,
) as readonly OrganisationRecord[];

export function membersOf(record: OrganisationRecord): Readonly<Record<string, MemberField>> {
  return ORGANISATION_FIELDS[record];
}

export interface KnownTable {
  readonly record: OrganisationRecord;
  /** Field to the column of the header. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The kind of rows that has most of the columns and misses none that it must have; null for no kind. */
export function tableOfHeader(header: readonly string[]): KnownTable | null {
  const known = ORGANISATION_RECORDS.map((record) => ({ record, columns: named(record, header) }));
  const whole = known.filter(({ record, columns }) =>
    Object.entries(membersOf(record)).every(
      ([name, { required }]) => !required || columns[name] !== undefined,
    ),
  );
  const size = ({ columns }: KnownTable) => Object.keys(columns).length;
  return whole.sort((a, b) => size(b) - size(a))[0] ?? null;
}

/** What the columns of each kind of table are called, for somebody whose header is none of them. */
export function tablesInWords(): string {
  return ORGANISATION_RECORDS.map((record) => {
    const names = Object.entries(membersOf(record)).map(([name, one]) =>
      one.required ? name : `[${name}]`,
    );
    return `${record}: ${names.join(" ")}`;
  }).join("; ");
}

function named(record: OrganisationRecord, header: readonly string[]): Record<string, string> {
  const columns: Record<string, string> = {};
  for (const [name, { called }] of Object.entries(membersOf(record))) {
    const spellings = new Set([name, ...called].map(plain));
    const column = header.find((one) => spellings.has(plain(one)));
    if (column !== undefined) columns[name] = column;
  }
  return columns;
}

/** `from_day`, `From day` and `fromDay` are one name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}
