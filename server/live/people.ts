import type { Account } from '@duty/shared/account/account.ts'
import { DIRECTORY_KINDS, directoryOf } from '@duty/shared/directory.ts'
import type { Directory, Thing } from '@duty/shared/kernel/kind.ts'
import type { Moment } from '@duty/shared/kernel/time.ts'
import type { Fanout } from './fanout.ts'

const kindsOfDirectory: readonly string[] = DIRECTORY_KINDS

/** Who exists and who sits where, as the lines have told this node: for signing in and for what a role may, never for deciding. */
export function openPeople(fanout: Fanout, onChange: (username: string) => void) {
  let at: ((moment: Moment) => Directory) | null = null
  fanout.onLines(written => {
    for (const { after } of written) {
      if (!kindsOfDirectory.includes(after.kind)) continue
      at = null
      if (after.kind === 'account') onChange((after as unknown as Thing<Account>).username)
    }
  })
  return {
    /** The directory at a moment. */
    at: (moment: Moment): Directory => (at ??= directoryOf([...fanout.things()].filter(t => kindsOfDirectory.includes(t.kind))))(moment),
  }
}

export type People = ReturnType<typeof openPeople>
