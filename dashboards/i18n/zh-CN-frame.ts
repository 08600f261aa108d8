/** 中文文字：各页共有的表格、下载与打印页眉。 */

export const zhFrame = {
  "table.search": "在此表中搜索",
  "table.rows_other": "{{shown}} 行",
  "table.found": "{{shown}} / {{all}}",
  "table.gathering": "正在搜索…",
  "table.nothing": "没有包含“{{needle}}”的行。",
  "table.printed": "共 {{all}} 行，此处为前 {{shown}} 行。CSV 文件含全部行。",
  "download.menu": "下载",
  "download.csv": "CSV，用于电子表格",
  "download.arrow": "Arrow，用于分析",
  "download.print": "打印",
  "download.file": "文件",
  "download.differ": "这些行无法存入同一个 Arrow 文件，请改用 CSV。",
  "print.period": "{{from}}至{{to}}",
  "print.filter": "{{name}}：{{chosen}}",
  "print.everything": "未筛选",
  "print.zone": "时间按 {{zone}}",
  "print.at": "打印于 {{time}}",
  "print.separator": "、",
  "connection.away": "Muster 无响应，显示的数据可能已过时；正在自动重试。",
};
