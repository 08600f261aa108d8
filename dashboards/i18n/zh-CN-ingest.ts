/** 付款与组织架构中未采纳行的原因。 */

export const zhIngest = {
  "reject.invalid_currency": "不是有效币种",
  "reject.invalid_period": "结束早于开始",
  "reject.overlap": "与文件中另一行的时段重叠",
  "reject.contradiction": "与文件中另一行矛盾",
  "reject.name_taken": "新名称已被占用",
} as const;
