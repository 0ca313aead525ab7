import { z } from 'zod'
import type { FieldError } from './answer.ts'

const TYPES: Record<string, string> = { string: '文字', number: '数字', int: '整数', boolean: '是或否', object: '一组内容', array: '列表', record: '一组内容', null: '空' }

/** What is wrong with a field, in words a duty officer understands. */
function sentence(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '必填' : `须为${TYPES[issue.expected] ?? issue.expected}`
    case 'unrecognized_keys':
      return '没有这一项'
    case 'too_big':
      return issue.origin === 'string' ? `最多 ${issue.maximum} 字` : `不能超过 ${issue.maximum}`
    case 'too_small':
      return issue.origin === 'string' ? '不能为空' : `不能小于 ${issue.minimum}`
    case 'invalid_format':
      return '格式不对'
    case 'invalid_value':
      return issue.input === undefined ? '必填' : '不在可选范围内'
    case 'invalid_union':
      return issue.input === undefined ? '必填' : '填写不符合要求'
    default:
      return '填写不符合要求'
  }
}

z.config({ customError: sentence })

/** Every field that is wrong, missing or unknown, named by its path. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => ({ path: [...issue.path, key].join('.').slice(0, 200), message: `没有这一项：${key.slice(0, 60)}` }))
      : [{ path: issue.path.join('.').slice(0, 200), message: issue.message }],
  )
}
