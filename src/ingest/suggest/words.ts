/**
 * The words of a column's name, each as the trade's own word: `ConnectedToAgentTimestamp`,
 * `agent_answered_at` and `接听时间` have words in common. Names are compared by words, never as whole
 * strings.
 */

/** Our word, and what logs in English and Chinese call it. A text may stand under several words. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  id: [
    "id ids key uuid guid sid nr no num number reference ref ucid unique",
    "编号 流水号 标识 号 单号 序号",
  ],
  call: [
    "call calls contact contacts interaction conversation session segment",
    "communication",
    "通话 呼叫 来电 会话 联络 话务",
  ],
  agent: [
    "agent agents operator advisor adviser representative rep employee staff assignee",
    "assigned resource server handler clerk consultant worker username",
    "坐席 座席 客服 员工 工号 话务员 处理人 受理人 经办人",
  ],
  customer: [
    "customer caller client requester requestor src cli ani clid member endpoint",
    "phone",
    "客户 主叫 用户 来电号码 主叫号码 手机号 电话号码",
  ],
  queue: [
    "queue queues skill skillset group workgroup team department dept section",
    "splitskill q lob dst",
    "队列 技能组 业务组 部门 班组 排队",
  ],
  arrive: [
    "arrive arrived arrival enqueue enqueued queued offered initiation initiated",
    "entered entry enter received receipt incoming",
    "到达 进入 接入 呼入 来电 进线 收到 受理",
  ],
  start: ["start started begin began beginning created create opened open", "开始 创建 起始 建立"],
  answer: [
    "answer answered answering connected connect pickup picked accepted",
    "接听 应答 接通 答复 评价 回答",
  ],
  end: [
    "end ended disconnect disconnected disconnection hangup hungup finish finished",
    "completed complete exit stop closed until",
    "结束 挂断 挂机 完成 关闭",
  ],
  time: [
    "time timestamp date datetime at when on ts clock instant day updated",
    "时间 日期 时刻 时点",
  ],
  wait: ["wait waiting waited asa ring ringing", "等待 排队 振铃"],
  talk: [
    "talk talking talked speaking billsec billable handle handling service ser",
    "通话 对话 服务",
  ],
  hold: ["hold held onhold", "保持 保留"],
  wrap: ["wrap wrapup acw after aftercall aftercallwork", "整理 话后 事后 后处理"],
  duration: [
    "duration seconds secs sec s ms millis milliseconds msec minutes mins min length",
    "len dur elapsed",
    "时长 秒 秒数 毫秒 分钟 用时 耗时",
  ],
  outcome: ["outcome result disposition status state", "结果 状态 处理结果"],
  missed: ["missed abandoned abandon lost unanswered", "未接 放弃"],
  transfer: ["transferred transfer transfers", "转接 转移"],
  reason: [
    "reason topic category subject type intent purpose",
    "原因 主题 类型 类别 业务类型 诉求",
  ],
  channel: ["channel media medium", "渠道 媒体 通道"],
  ticket: ["ticket tickets case incident issue problem", "工单 案件 案例"],
  activity: ["activity event concept transition step stage task", "活动 操作 动作 环节 节点 步骤"],
  action: ["action sale sold conversion goal", "成果 成交 动作"],
  priority: ["priority urgency severity seriousness", "优先级 紧急 紧急程度"],
  score: ["score rating csat satisfaction nps stars grade points", "评分 满意度 得分 分数 打分"],
  survey: ["survey questionnaire feedback response", "调查 问卷 评价"],
  complaint: ["complaint complaints grievance", "投诉"],
  upheld: ["upheld justified valid", "成立 属实"],
  amount: ["amount revenue price", "金额 价格"],
  payment: [
    "payment payments paid pay repayment repaid instalment installment booked booking posted posting",
    "还款 付款 支付 缴费 缴款 入账",
  ],
  return: ["return returned bounced reversed reversal chargeback", "退回 退票 冲正"],
  memo: ["memo remittance narrative", "附言 摘要"],
  currency: ["currency", "币种 货币"],
  state: ["state status aux presence", "状态"],
  verified: ["verified confirmed", "核实 确认"],
  assisted: ["assisted ai bot copilot", "智能 机器人"],
  follow: ["follow followup callback", "回访 跟进"],
  resolved: ["resolved solved fcr resolution", "解决"],
  value: ["value values", "值"],
  field: ["field"],
  name: ["name", "姓名 名称 名字"],
  leg: ["leg", "段"],
  previous: ["previous next parent initial related original", "上级"],
};

/** Words that say nothing about which field it is. */
const EMPTY = new Set([
  ..."of in the y n is was has avg average up for total utc gmt local data org".split(" "),
  ..."sys yes or by a an work text hh mm ss h 是否 的 号码 平均".split(" "),
]);

const WORDS: ReadonlyMap<string, readonly string[]> = (() => {
  const words = new Map<string, string[]>();
  for (const [word, synonyms] of Object.entries(SYNONYMS)) {
    for (const one of synonyms.join(" ").split(" "))
      words.set(one, [...(words.get(one) ?? []), word]);
  }
  return words;
})();

const LONGEST_CHINESE = 5;

/** The words of a name; what is not known stands for itself, what says nothing is left out. */
export function wordsOf(name: string): ReadonlySet<string> {
  const spaced = name
    .normalize("NFKC")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase();
  const words = new Set<string>();
  for (const part of spaced.match(/[a-z]+|\p{Script=Han}+|\p{L}+/gu) ?? []) {
    const texts = /^\p{Script=Han}/u.test(part) ? chineseWords(part) : latinWords(part);
    for (const text of texts) {
      if (EMPTY.has(text)) continue;
      for (const word of WORDS.get(text) ?? [text]) words.add(word);
    }
  }
  return words;
}

/** The longest known word first; a character that begins none is left out. */
function chineseWords(text: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < text.length; ) {
    let length = Math.min(LONGEST_CHINESE, text.length - at);
    while (length > 0 && !isKnown(text.slice(at, at + length))) length--;
    if (length > 0) found.push(text.slice(at, at + length));
    at += Math.max(length, 1);
  }
  return found;
}

/** `starttime` is two words; a word that is none of ours and not two of ours stays whole. */
function latinWords(text: string): string[] {
  if (isKnown(text)) return [text];
  for (let at = text.length - 2; at >= 3; at--) {
    const [first, second] = [text.slice(0, at), text.slice(at)];
    if (isKnown(first) && isKnown(second)) return [first, second];
  }
  return [text];
}

function isKnown(text: string): boolean {
  return WORDS.has(text) || EMPTY.has(text);
}
