import type { Account } from '@duty/shared/account/account.ts'
import type { Thing } from '@duty/shared/kernel/kind.ts'
import { useRead } from './pages.ts'

/** Who a username is; one the reader may not look up stands for itself. */
export function usePeople(): (username: string | null) => string {
  const { data } = useRead<{ items: Thing<Account>[] }>('/api/accounts?limit=200')
  const names = new Map(data?.items.map(a => [a.username, a.name]))
  return username => (username === null ? '' : username === 'clock' ? '系统时钟' : username === 'room' ? '系统' : (names.get(username) ?? username))
}
