import { DIRECTORY_KINDS, directoryOf } from '@duty/shared/directory.ts'
import { kinds } from '@duty/shared/kinds.ts'
import { reactions } from '@duty/shared/reactions.ts'
import { see } from '@duty/shared/sight.ts'
import type { Rules } from './book/rules.ts'

/** What this room knows, for a book that knows no noun. */
export const rules: Rules = { kinds, reactions, directoryKinds: DIRECTORY_KINDS, directoryOf, inSight: (by, thing) => see(by, thing) !== null }
