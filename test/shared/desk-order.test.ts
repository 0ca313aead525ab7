import { describe, expect, it } from 'vitest'
import { byGravity, peopleOf, relaysDue, waitingByIncident } from '@duty/client/desk/order.ts'

const incident = (id: string, level: number | null, loggedAt: string, more: object = {}) => ({ kind: 'incident', id, version: 1, level, loggedAt, sensitive: false, ...more }) as never
const person = (to: string, status: string, more: object = {}) => ({ to, name: to, rung: 0, status, rangAt: '1', ...more })
const alert = (about: string, ...people: ReturnType<typeof person>[]) =>
  ({ kind: 'alert', id: `a${about}`, version: 1, about: { kind: 'incident', id: about }, people: Object.fromEntries(people.map(p => [p.to, p])) }) as never
const instruction = (id: string, urgency: string, issuedAt: string, steps: Record<string, string>) =>
  ({ kind: 'instruction', id, version: 1, urgency, issuedAt, incident: 'x', relays: Object.fromEntries(Object.entries(steps).map(([unit, step]) => [unit, { unit, name: unit, step }])) }) as never

describe('given the open incidents', () => {
  it('when they are listed, then the gravest comes first, of equals the unsigned, then the newest', () => {
    const waiting = waitingByIncident([alert('b', person('lead', 'seen')), alert('c', person('lead', 'acknowledged'))], [], [])
    const list = [incident('d', 4, '9'), incident('c', 3, '5'), incident('b', null, '3'), incident('e', 3, '6'), incident('s', 4, '1', { sensitive: true }), incident('a', 1, '1')]
    expect(byGravity(list, waiting).map((i: { id: string }) => i.id)).toEqual(['a', 's', 'b', 'e', 'c', 'd'])
  })

  it('when something waits about one, then it is counted: unsigned, untold and the soonest clock', () => {
    const deadlines = ['3', '2'].map(dueAt => ({ kind: 'deadline', id: dueAt, version: 1, incident: 'x', dueAt }) as never)
    const alerts = [alert('x', person('lead', 'queued'), person('mayor', 'acknowledged'), person('chief', 'queued', { rung: 1 }))]
    expect(waitingByIncident(alerts, [instruction('i', 'normal', '1', { fire: 'issued', health: 'relayed' })], deadlines).get('x')).toEqual({ unsigned: 1, untold: 1, due: '2' })
  })
})

describe('given what waits for the room', () => {
  it('when instructions wait, then those not told come first, the urgent before the rest, and done ones not at all', () => {
    const due = relaysDue([
      instruction('a', 'normal', '1', { fire: 'issued', health: 'done' }),
      instruction('b', 'flash', '2', { fire: 'relayed', police: 'issued' }),
      instruction('c', 'normal', '0', { water: 'answered', fire: 'receipted' }),
    ])
    expect(due.map(r => r.key)).toEqual(['b police', 'a fire', 'b fire', 'c fire', 'c water'])
  })

  it('when people were rung, then those who have not signed stand first', () => {
    const people = { a: person('a', 'acknowledged'), b: person('b', 'seen', { rung: 1 }), c: person('c', 'queued') }
    expect(peopleOf({ people } as never).map(p => p.to)).toEqual(['c', 'b', 'a'])
  })
})
