import { pino } from 'pino'

export type Log = (event: string, detail?: object) => void

/** Structured lines on stderr: what happened and where, never a citizen's words, a body or a query. */
export function openLog(): Log {
  const logger = pino({ base: undefined, level: 'info' }, pino.destination({ dest: 2, sync: false }))
  return (event, detail = {}) => logger.info({ event, ...detail })
}
