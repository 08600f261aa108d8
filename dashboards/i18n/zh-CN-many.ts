/** 中文文字：坐席过多，无法全部列出或绘制时的说明。 */

export const zhMany = {
  "many.listed":
    "共 {{all}} 名坐席，此处列出处理量最多的 {{listed}} 名；总体指标仍按全部坐席计算。要查看其他坐席，请缩小筛选范围。",
  "many.file": "CSV 与 Arrow 文件含全部坐席。",
  "many.drawn": "{{agents}}，等距抽取其中 {{drawn}} 名绘制",
  "many.signedOn": "共 {{all}} 名坐席在线，此处按姓名显示前 {{listed}} 名。",
  "many.search": "查找坐席",
  "many.choices": "仅列出前 {{listed}} 名，输入部分姓名可查找其他坐席。",
};
