/** English texts of what every page has: tables, downloads, the head of a printed page. */

export const enFrame = {
  "table.search": "Search this table",
  "table.rows_one": "{{shown}} row",
  "table.rows_other": "{{shown}} rows",
  "table.found": "{{shown}} of {{all}}",
  "table.gathering": "Searching …",
  "table.nothing": "No row holds “{{needle}}”.",
  "table.printed": "The first {{shown}} of {{all}} rows. The CSV file has all of them.",
  "download.menu": "Download",
  "download.csv": "CSV, for spreadsheets",
  "download.arrow": "Arrow, for analysis",
  "download.print": "Print",
  "download.file": "the file",
  "download.differ": "These rows do not fit one Arrow file. Take CSV.",
  "print.period": "{{from}} to {{to}}",
  "print.filter": "{{name}}: {{chosen}}",
  "print.everything": "No filter",
  "print.zone": "Times of {{zone}}",
  "print.at": "Printed {{time}}",
  "print.separator": ", ",
  "connection.away":
    "Muster does not answer. What is shown may be old; it is asked again by itself.",
} as const;
