import { z } from 'zod'
import { kinds, notEnabled } from '@duty/shared/kinds.ts'
import { LISTS } from './lists.ts'

const schema = (shape: z.ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

const PROBLEM = { $ref: '#/components/responses/Problem' }
const json = (s: object) => ({ 'application/json': { schema: s } })
const ok = (description: string, s: object = {}) => ({ 200: { description, content: json(s) }, default: PROBLEM })
const parameter = (name: string, place: 'path' | 'query' | 'header', s: object, required = place === 'path') => ({ name, in: place, required, schema: s })
const uuid = { type: 'string', format: 'uuid' }

function commandPaths() {
  return Object.values(kinds).flatMap(kind =>
    Object.entries(kind.commands)
      .filter(([, rule]) => rule.by.length > 0)
      .map(([verb, rule]) => {
        const body = schema(rule.takes) as { properties?: object; required?: string[] }
        const needsId = !rule.creates && !rule.names && !kind.only
        const withId = { ...body, properties: { id: uuid, seen: { type: 'integer', minimum: 0 }, ...body.properties }, required: [...(needsId ? ['id'] : []), ...(body.required ?? [])] }
        const post = {
          operationId: `${kind.name}.${verb}`,
          summary: `${kind.name}.${verb}`,
          description: `角色：${rule.by.join('、')}`,
          tags: [kind.name],
          parameters: [parameter('Idempotency-Key', 'header', uuid, true)],
          requestBody: { required: true, content: json(withId) },
          responses: ok('已写入', { $ref: '#/components/schemas/Done' }),
        }
        return [`/api/do/${kind.name}.${verb}`, { post }] as const
      }),
  )
}

function listPaths() {
  return Object.entries(LISTS).flatMap(([kind, shape]) => {
    const { properties = {} } = schema(shape) as { properties?: Record<string, object> }
    const parameters = Object.entries(properties).map(([name, s]) => parameter(name, 'query', s))
    return [
      [`/api/${kind}s`, { get: { operationId: `list.${kind}`, tags: [kind], parameters, responses: ok('一页', { $ref: '#/components/schemas/Page' }) } }],
      [`/api/${kind}s/{id}`, { get: { operationId: `get.${kind}`, tags: [kind], parameters: [parameter('id', 'path', uuid)], responses: ok('现状', { $ref: '#/components/schemas/Thing' }) } }],
    ] as const
  })
}

const read = (id: string, tag: string, description: string, parameters: object[] = []) => ({ get: { operationId: id, tags: [tag], parameters, responses: ok(description) } })
const post = (id: string, tag: string, description: string, body?: object) => ({
  post: { operationId: id, tags: [tag], ...(body ? { requestBody: { required: true, content: json(body) } } : {}), responses: ok(description) },
})

/** The contract as OpenAPI 3.1, made from the very schemas that check the requests. */
export const openApi = () => ({
  openapi: '3.1.0',
  info: { title: '总值班室 · Duty Room', version: '1.0.0', description: `尚未启用的操作（回答 422 not-enabled）：${[...notEnabled].join('、')}`, license: { name: 'Proprietary', url: 'about:blank' } },
  servers: [{ url: '/' }],
  security: [{ session: [] }, { bearer: [] }],
  paths: Object.fromEntries([
    ...commandPaths(),
    ...listPaths(),
    [
      '/api/session',
      {
        ...post('session.begin', 'session', '已登录', {
          type: 'object',
          required: ['username', 'password'],
          properties: { username: { type: 'string' }, password: { type: 'string' }, totp: { type: 'string' } },
        }),
        delete: { operationId: 'session.end', tags: ['session'], responses: { 204: { description: '已退出' }, default: PROBLEM } },
      },
    ],
    ['/api/me', read('me', 'session', '当前用户')],
    ['/api/screens/codes', post('screens.code', 'screen', '配对码')],
    ['/api/screens', post('screens.pair', 'screen', '屏幕令牌', { type: 'object', required: ['code', 'name'], properties: { code: { type: 'string' }, name: { type: 'string' } } })],
    ['/api/keys', post('keys.make', 'key', '密钥', { type: 'object', required: ['name', 'scopes'], properties: { name: { type: 'string' }, scopes: { type: 'array', items: { enum: ['ingest', 'read'] } } } })],
    ['/api/ingest/incident', post('ingest.incident', 'incident', '已写入', schema(kinds.incident!.commands.log!.takes))],
    ['/api/shifts/current', read('shifts.current', 'shift', '当前班次')],
    ['/api/roster', read('roster', 'roster', '值班表', [parameter('from', 'query', { type: 'string', format: 'date-time' }, true), parameter('to', 'query', { type: 'string', format: 'date-time' }, true)])],
    ['/api/duty-log', read('duty-log', 'audit', '值班日志', [parameter('date', 'query', { type: 'string', format: 'date' })])],
    ['/api/lines', read('lines', 'live', '自某号之后', [parameter('after', 'query', { type: 'integer' }), parameter('limit', 'query', { type: 'integer' })])],
    ['/api/reference/{table}', read('reference', 'reference', '参考表', [parameter('table', 'path', { type: 'string' })])],
    ['/api/{noun}/{id}/history', read('history', 'audit', '一件事项的全部记录', [parameter('noun', 'path', { type: 'string' }), parameter('id', 'path', uuid)])],
    ['/api/audit', read('audit', 'audit', '全部记录')],
    ['/api/audit/verify', read('audit.verify', 'audit', '校验结果')],
  ]),
  components: {
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'duty' }, bearer: { type: 'http', scheme: 'bearer' } },
    responses: { Problem: { description: '未能办理', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
    schemas: {
      Done: {
        type: 'object',
        required: ['seq', 'id', 'version', 'now'],
        properties: { seq: { type: 'integer' }, id: uuid, version: { type: 'integer' }, now: { anyOf: [{ $ref: '#/components/schemas/Thing' }, { type: 'null' }] } },
      },
      Thing: { type: 'object', required: ['kind', 'id', 'version'], properties: { kind: { type: 'string' }, id: uuid, version: { type: 'integer' } } },
      Page: {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: { items: { type: 'array', items: { $ref: '#/components/schemas/Thing' } }, nextCursor: { type: ['string', 'null'] } },
      },
      Problem: {
        type: 'object',
        required: ['type', 'title', 'status', 'detail', 'code'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          code: { type: 'string' },
          errors: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } } },
        },
      },
    },
  },
})
