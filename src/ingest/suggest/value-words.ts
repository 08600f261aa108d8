/** What the values of outcomes, channels, effects, states and flags are called in logs. Pure tables. */

/** Tried in order: the first whose pattern is in the value says what it is. */
export type ValueWords = readonly (readonly [pattern: RegExp, meaning: string])[];

export const OUTCOMES: ValueWords = [
  [/phantom|ignore/i, "phantom"],
  [
    /no[ _-]?answer|not[ _-]?answer|unanswer|not[ _-]?handled|unhandled|未接|未应答|未接听/i,
    "abandoned",
  ],
  [/abandon|hang|missed|lost|cancel|gave up|放弃|挂断|挂机/i, "abandoned"],
  [
    /redirect|overflow|time ?out|voice ?mail|exit|forward|transferred out|busy|溢出|超时|留言/i,
    "redirected",
  ],
  [/\bivr\b|\bvru\b|menu|before queue/i, "left_before_queue"],
  [/unfinished|open|in progress|fail|error|congestion|进行中/i, "unfinished"],
  [
    /answer|handled|complete|connected|agent|served|success|solved|resolved|closed|normal|done/i,
    "handled",
  ],
  [/接听|接通|应答|已接|完成|成功/, "handled"],
];

export const CHANNELS_SEEN: ValueWords = [
  [/voice|phone|call|telephon|pstn|sip|电话|语音|呼叫/i, "call"],
  [/mail|邮件|邮箱/i, "email"],
  [/sms|whats ?app|wechat|facebook|messag|social|twitter|line|telegram|短信|微信|消息/i, "message"],
  [/chat|在线|聊天/i, "chat"],
  [/ticket|web|form|portal|api|task|case|工单|网页/i, "ticket"],
];

export const EFFECTS_SEEN: ValueWords = [
  [/re-?open|重新打开|重开/i, "reopened"],
  [/clos|关闭|结单/i, "closed"],
  [/unresolved|not (?:re)?solved|未解决/i, ""],
  [/resolve|solved|解决/i, "resolved"],
  [
    /^(?:open(?:ed)?|created?|new|insert.*)$|create|open(?:ed)? (?:ticket|case)|创建|新建|开单/i,
    "opened",
  ],
];

export const STATES_SEEN: ValueWords = [
  [
    /not ?ready|not ?available|unavailable|break|lunch|pause|train|meeting|coach|aux|away|meal/i,
    "aux",
  ],
  [/小休|休息|培训|会议|午餐|未就绪|示忙/, "aux"],
  [/schedul|roster|shift|排班/i, "scheduled"],
  [/paid|计薪/i, "paid"],
  [/available|ready|idle|waiting|on ?queue|就绪|空闲|示闲|等待/i, "available"],
  [
    /log(?:ged)?[ _-]?(?:in|on)|sign(?:ed)?[ _-]?(?:in|on)|online|staffed|签入|登录|在线/i,
    "signed_on",
  ],
];

const YES = /^(?:y|yes|true|t|1|是|有|√|ja|oui|si)$/i;
const NO = /^(?:n|no|false|f|0|否|无|×|nein|non)$/i;
/** The texts that the reader of flags knows without a map. */
const PLAIN_FLAG = /^(?:y|yes|true|t|1|是|n|no|false|f|0|否)$/i;

export function isPlainFlag(text: string): boolean {
  return PLAIN_FLAG.test(text);
}

/** What a text says as a flag; null for none. */
export function flagOf(text: string): boolean | null {
  if (YES.test(text)) return true;
  return NO.test(text) ? false : null;
}

/** The meaning of a value; null where no word of it is known. */
export function meaningOf(words: ValueWords, text: string): string | null {
  return words.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
