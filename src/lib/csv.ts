export interface CsvTable {
  /** At most the asked number of records, the head among them. Records may differ in length. */
  rows: string[][]
  /** Records of the whole text, empty lines not counted. */
  total: number
}

/**
 * Records of a delimited text by RFC 4180: quoted fields may hold delimiters, line breaks and doubled quotes. Lines end with LF, CRLF or CR,
 * empty lines are skipped, a byte order mark is dropped. Takes what real files hold beside that: a quote inside an unquoted field is a
 * character like any other, text after a closing quote is kept, and a quote left open ends with the text.
 */
export function parseCsv(text: string, delimiter = ',', maxRows = Infinity): CsvTable {
  const rows: string[][] = []
  let total = 0
  eachCsvRecord(text, delimiter, fields => {
    if (total < maxRows) rows.push(fields)
    total += 1
  })
  return { rows, total }
}

/** Hands out the records of a text one by one, as `parseCsv` reads them. */
export function eachCsvRecord(text: string, delimiter: string, visit: (fields: string[]) => void): void {
  let fields: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  const endRecord = (): void => {
    if (fields.length === 1 && fields[0] === '') {
      fields = []
      return
    }
    visit(fields)
    fields = []
  }
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at, delimiter) : plainField(text, at, delimiter)
    fields.push(field.value)
    at = field.end
    const mark = text[at]
    at += mark === '\r' && text[at + 1] === '\n' ? 2 : 1
    if (mark !== delimiter) endRecord()
    else if (at >= text.length) fields.push('')
  }
  if (fields.length > 0) endRecord()
}

interface Field {
  value: string
  /** Index of the character after the field: a delimiter, a line break or the end. */
  end: number
}

function isEnd(character: string | undefined, delimiter: string): boolean {
  return character === undefined || character === delimiter || character === '\n' || character === '\r'
}

function plainField(text: string, start: number, delimiter: string): Field {
  let end = start
  while (!isEnd(text[end], delimiter)) end += 1
  return { value: text.slice(start, end), end }
}

function quotedField(text: string, start: number, delimiter: string): Field {
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { value: value + text.slice(from), end: text.length }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      const rest = plainField(text, quote + 1, delimiter)
      return { value: value + rest.value, end: rest.end }
    }
    value += '"'
    from = quote + 2
  }
}

/** Delimiter of a file: a tab by its name or where the first line has one, a semicolon where that line has no comma, else the comma. */
export function csvDelimiter(name: string, text: string): string {
  if (/\.(tsv|tab)$/i.test(name)) return '\t'
  const line = /^[^\r\n]*/.exec(text)?.[0] ?? ''
  if (line.includes(',')) return ','
  if (line.includes('\t')) return '\t'
  return line.includes(';') ? ';' : ','
}
