/** Reads a stream of server-sent events from pieces of text that may be cut anywhere. */

export interface RawEvent {
  readonly name: string
  readonly data: string
  /** The number of an event that is kept; 0 for one that is not. */
  readonly number: number
}

export interface Reading {
  readonly event: (event: RawEvent) => void
  /** A line that is only a sign of life. */
  readonly comment: (text: string) => void
}

/** @returns a function that takes the next piece of the stream */
export function sseReader(reading: Reading): (piece: string) => void {
  let rest = ''
  let fields: Fields = {}
  return (piece) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) fields = takeLine(line.endsWith('\r') ? line.slice(0, -1) : line, fields, reading)
  }
}

interface Fields {
  readonly name?: string
  readonly data?: string
  readonly number?: number
}

function takeLine(line: string, fields: Fields, reading: Reading): Fields {
  if (line === '') return dispatch(fields, reading)
  if (line.startsWith(':')) {
    reading.comment(line.slice(1).trim())
    return fields
  }
  const colon = line.indexOf(':')
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  return takeField(colon < 0 ? line : line.slice(0, colon), value, fields)
}

function takeField(field: string, value: string, fields: Fields): Fields {
  if (field === 'event') return { ...fields, name: value }
  if (field === 'data') return { ...fields, data: fields.data === undefined ? value : `${fields.data}\n${value}` }
  if (field === 'id' && /^\d+$/.test(value)) return { ...fields, number: Number(value) }
  return fields
}

function dispatch({ name = 'message', data, number = 0 }: Fields, reading: Reading): Fields {
  if (data !== undefined) reading.event({ name, data, number })
  return {}
}
