import type { On, Targets } from './deed.ts'
import { deedsFor, open } from './deeds.ts'

/** The deeds that fit a row as it stands, each with its letter; a mouse may press them, the keys need not reach them. */
export function Acts<K extends On>({ on, target }: { on: K; target: Targets[K] }) {
  return (
    <div className="acts">
      {deedsFor(on, target).map(deed => (
        <button key={deed.letter} type="button" tabIndex={-1} onClick={() => open({ deed, target })}>
          <kbd>{deed.letter.toUpperCase()}</kbd> {deed.name}
        </button>
      ))}
    </div>
  )
}
