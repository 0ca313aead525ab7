import type { Addressee, Alert, Delivery } from '@duty/shared/alert/alert.ts'

const ORDER: readonly Delivery[] = ['failed', 'expired', 'queued', 'sent', 'delivered', 'seen', 'acknowledged']

/** Everyone told of one matter, each once and as they stand in the last alert that named them: those who signed first, in the order they signed. `here` are those who have just signed on this phone. */
export function signersOf(alerts: readonly Pick<Alert, 'people' | 'raisedAt'>[], here: readonly string[] = []): Addressee[] {
  const inOrder = alerts.toSorted((a, b) => a.raisedAt.localeCompare(b.raisedAt))
  const people = new Map(inOrder.flatMap(a => Object.values(a.people)).map(line => [line.to, here.includes(line.to) ? { ...line, status: 'acknowledged' as const } : line]))
  const rank = (p: Addressee) => (p.status === 'acknowledged' ? `0${p.acknowledgedAt ?? '9'}` : `1${ORDER.length - ORDER.indexOf(p.status)}`)
  return [...people.values()].toSorted((a, b) => rank(a).localeCompare(rank(b)))
}
