import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds, notEnabled } from '@duty/shared/kinds.ts'
import { testRoom, type TestRoom } from '../harness/room.ts'

describe('given the contract as the server tells it', () => {
  let room: TestRoom
  let contract: { openapi: string; paths: Record<string, { post?: { requestBody: { content: Record<string, { schema: { required: string[] } }> } } }> }
  beforeAll(async () => {
    room = await testRoom()
    contract = (await room.stranger().get('/api/openapi.json')).json
  })
  afterAll(() => room.close())

  test('when a public validator reads it, then it is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(contract))
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(contract.openapi).toBe('3.1.0')
  })

  test('then it names every command that somebody may give, and none that is not built', () => {
    const commands = Object.values(kinds).flatMap(k => Object.entries(k.commands).flatMap(([verb, rule]) => (rule.by.length ? [`/api/do/${k.name}.${verb}`] : [])))
    const told = Object.keys(contract.paths).filter(p => p.startsWith('/api/do/'))
    expect(told.toSorted((a, b) => a.localeCompare(b))).toEqual(commands.toSorted((a, b) => a.localeCompare(b)))
    for (const name of notEnabled) expect(told).not.toContain(`/api/do/${name}`)
  })

  test('then what a command must be given is what the door asks for', async () => {
    const { schema } = contract.paths['/api/do/incident.log']!.post!.requestBody.content['application/json']!
    const { status, json } = await (await room.as('officer1')).raw('incident.log', {})
    expect(status).toBe(422)
    expect(json.errors.map((e: { path: string }) => e.path).toSorted()).toEqual(schema.required.toSorted())
  })
})
