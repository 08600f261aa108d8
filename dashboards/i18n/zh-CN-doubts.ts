/** 中文文字：推断映射的存疑之处，以及指标的单位。 */

export const zhDoubts = {
  "drop.doubt.ambiguous_date": "日与月可能颠倒：按 {{format}} 也能读出全部行，请核对",
  "drop.doubt.unit_by_size": "单位“{{unit}}”由数值大小推断，请核对",
  "drop.doubt.scale_by_scores": "评分范围由 {{low}} 至 {{high}} 的分数推断，请核对",
  "drop.doubt.zero_no_score": "0 只出现在未接起的联络旁，视为没有评分",
  "drop.doubt.repeated_id": "不唯一：{{rows}} 行中有 {{repeats}} 行编号重复，会覆盖先前的行",
  "drop.doubt.composed_id": "没有单独的编号列；由 {{columns}} 列合成编号",
  "drop.doubt.composed_id_repeats":
    "没有单独的编号列；由 {{columns}} 列合成编号，其中 {{repeats}} 行重复，会覆盖先前的行",
  "drop.doubt.unfinished_values": "含义未知，按未完成处理：{{values}}",
  "drop.doubt.unknown_values": "含义未知，指定含义前会被拒收：{{values}}",
  "drop.doubt.values_of_effects": "未列出的活动会被拒收，请补充",
  "drop.doubt.equal_column": "{{column}} 同样合适，已取第一列",
  "drop.doubt.equal_record": "这些行也可能是{{record}}，已按{{taken}}处理",
  "drop.doubt.no_header": "首行看起来是数据而不是表头，不会接收；各列仅凭单元格内容判断",
  "drop.doubt.asterisk_calls": "Asterisk 话单没有表头：首行被当作表头，不会接收",
  "drop.doubt.utc_in_words": "时间中写明 UTC，因此时区为 UTC",
  "drop.doubt.zone_utc": "时区为 UTC，依据时间本身",
  "drop.doubt.zone_of_offset":
    "时区为 {{zone}}，因为所有时间的时区偏移都是 {{offset}}。当地若有夏令时，请改为当地时区",
  "drop.doubt.zone_needed": "时间没有时区偏移：请核对下方的文件时区",
  "drop.doubt.zone_needed_of_several": "时间的时区偏移不一致：请核对下方的文件时区",
  "drop.doubt.zone_needed_for_days": "时间的时区偏移不止一种：请核对文件时区，日期按其划分",
  "drop.doubt.zone_needed_of_counts": "时间为 1970 年以来的计数：请核对文件时区，日期按其划分",
  "drop.doubt.zone_needed_for_offset": "时间的时区偏移为 {{offset}}：请核对下方的文件时区",
  "drop.doubt.field_left_out":
    "未采用 {{column}} 作为“{{field}}”：{{rows}} 行会被拒收，例如 {{example}}（{{reason}}）",
  "drop.doubt.amount_left_out":
    "未采用 {{column}} 作为币种与金额：{{rows}} 行会被拒收，例如 {{example}}（{{reason}}）",
  "drop.doubt.ofField": "{{field}}：{{doubt}}",
  "definition.unitOf.count": "数量",
  "definition.unitOf.share": "占比",
  "definition.unitOf.money": "金额",
  "definition.unitOf.seconds": "秒",
  "definition.unitOf.points": "分",
  "definition.unitOf.contacts per hour": "联络数/小时",
  "definition.unitOf.per thousand contacts": "每千次联络",
} as const;
