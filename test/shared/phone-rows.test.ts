import { describe, expect, test } from 'vitest'
import { rowsOf, type Row } from '@duty/client/phone/rows.ts'
import { signersOf } from '@duty/client/phone/signers.ts'

const NOBODY = new Set<string>()
const mayor = { username: 'mayor', units: [] }
const fire = { username: 'dept-fire', units: ['fire'] }

const incident = (id: string, level: 1 | 2 | 3 | 4 | null, updatedAt = '2026-11-24T00:00:00.000Z') => ({ kind: 'incident', id, version: 1, level, updatedAt }) as never
const alert = (id: string, about: object | undefined, people: Record<string, object>, more: object = {}) =>
  ({ kind: 'alert', id, version: 1, urgency: 'urgent', raisedAt: '2026-11-24T00:00:00.000Z', status: 'open', about, people, ...more }) as never
const waits = (to: string, more: object = {}) => ({ [to]: { to, name: to, status: 'seen', rung: 0, ...more } })
const order = (id: string, step: string, urgency = 'urgent') =>
  ({ kind: 'instruction', id, version: 1, urgency, status: 'open', issuedAt: '2026-11-24T00:00:00.000Z', from: { person: 'mayor', name: '周明' }, relays: { fire: { unit: 'fire', name: '消防', step, answers: [], reminders: [] } } }) as never
const names = (rows: Row[]) => rows.map(r => (r.sort === 'alert' ? r.alerts[0].id : r.sort === 'incident' ? r.incident.id : r.instruction.id))

describe('the list of a phone', () => {
  test('what waits for my 签收 comes first, the gravest on top, an ungraded one with 较大', () => {
    const incidents = [incident('minor', 4), incident('grave', 1), incident('ungraded', null), incident('quiet', 2)]
    const alerts = ['minor', 'grave', 'ungraded'].map(id => alert(`of ${id}`, { kind: 'incident', id }, waits('mayor')))
    const { waiting, incidents: others } = rowsOf({ incidents, instructions: [], alerts }, mayor, NOBODY)
    expect(names(waiting)).toEqual(['grave', 'ungraded', 'minor'])
    expect(names(others)).toEqual(['quiet'])
  })

  test('two alerts about one incident are one row', () => {
    const about = { kind: 'incident', id: 'fire' }
    const { waiting } = rowsOf({ incidents: [incident('fire', 2)], instructions: [], alerts: [alert('first', about, waits('mayor')), alert('worse', about, waits('mayor'))] }, mayor, NOBODY)
    expect(names(waiting)).toEqual(['fire'])
    expect(waiting[0]?.alerts).toHaveLength(2)
  })

  test('once signed here it waits no longer, whether or not the server has answered', () => {
    const open = { incidents: [incident('fire', 2)], instructions: [], alerts: [alert('a', { kind: 'incident', id: 'fire' }, waits('mayor'))] }
    expect(rowsOf(open, mayor, new Set(['a'])).waiting).toEqual([])
    expect(names(rowsOf(open, mayor, new Set(['a'])).incidents)).toEqual(['fire'])
  })

  test('an alert that names somebody else does not wait for me', () => {
    const { waiting, incidents } = rowsOf({ incidents: [incident('fire', 2)], instructions: [], alerts: [alert('a', { kind: 'incident', id: 'fire' }, waits('vicemayor'))] }, mayor, NOBODY)
    expect(waiting).toEqual([])
    expect(names(incidents)).toEqual(['fire'])
  })

  test('an alert about what is not on the board stands for itself', () => {
    expect(names(rowsOf({ incidents: [], instructions: [], alerts: [alert('a', { kind: 'deadline', id: 'd' }, waits('mayor'))] }, mayor, NOBODY).waiting)).toEqual(['a'])
  })

  test('a unit: what was relayed waits, what is being done stands below, what is done is history', () => {
    const instructions = [order('new', 'relayed'), order('doing', 'receipted'), order('done', 'done')]
    const { waiting, instructions: others } = rowsOf({ incidents: [], instructions, alerts: [] }, fire, NOBODY)
    expect(names(waiting)).toEqual(['new'])
    expect(names(others)).toEqual(['doing'])
    expect(rowsOf({ incidents: [], instructions, alerts: [] }, fire, new Set(['new fire'])).waiting).toEqual([])
  })

  test('a 批示 that went to no unit is nothing to watch', () => {
    const remark = { ...(order('remark', 'issued') as object), relays: {} } as never
    expect(rowsOf({ incidents: [], instructions: [remark], alerts: [] }, mayor, NOBODY).instructions).toEqual([])
  })
})

describe('who has signed', () => {
  const early = { raisedAt: '2026-11-24T00:00:00.000Z' }
  test('those who signed come first in the order they signed, then the others by how far it came', () => {
    const people = {
      ...waits('late', { status: 'acknowledged', acknowledgedAt: '2026-11-24T00:05:00.000Z' }),
      ...waits('unreached', { status: 'queued' }),
      ...waits('reader'),
      ...waits('first', { status: 'acknowledged', acknowledgedAt: '2026-11-24T00:01:00.000Z' }),
    }
    expect(signersOf([{ ...early, people } as never]).map(s => s.to)).toEqual(['first', 'late', 'reader', 'unreached'])
  })

  test('who signed the first alert has not thereby signed the graver one', () => {
    const first = { ...early, people: waits('mayor', { status: 'acknowledged', acknowledgedAt: early.raisedAt }) }
    const second = { raisedAt: '2026-11-24T00:10:00.000Z', people: waits('mayor') }
    expect(signersOf([second, first] as never).map(s => s.status)).toEqual(['seen'])
  })

  test('who signs on this phone is shown as signed at once', () => {
    expect(signersOf([{ ...early, people: waits('mayor') } as never], ['mayor'])[0]?.status).toBe('acknowledged')
  })
})
