import { lengthWords, span } from '../parts/times.ts'
import { useNow } from '../sync/clock.ts'

/** The room's own aims: 首报 within a minute of picking up, the written draft within ten. */
const AIMS: [name: string, withinMs: number][] = [
  ['首报', 60_000],
  ['书面', 600_000],
]

const tone = (part: number) => (part >= 1 ? 'over' : part >= 0.8 ? 'near' : 'calm')

/** How long this call has lasted, against what the room aims at: amber from four fifths on, red once it is over. */
export function CallTimers({ begunAt }: { begunAt: number }) {
  const lasted = useNow() - begunAt
  return (
    <ul className="timers" aria-label="通话计时">
      {AIMS.map(([name, within]) => (
        <li key={name} data-tone={tone(lasted / within)}>
          {name} <b>{span(lasted)}</b> <span>限{lengthWords(within)}</span>
        </li>
      ))}
    </ul>
  )
}
