import { z } from 'zod'
import type { Moment } from './time.ts'

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** Words as people type them, at most so many characters; NUL and lone surrogates cannot be kept and are refused. */
export const Words = (most: number) =>
  z
    .string()
    .max(most, `最多 ${most} 字`)
    .refine(s => !s.includes('\0') && !LONE_SURROGATE.test(s), '含有无法保存的字符')

/** Words that must say something. */
export const Said = (most: number) => Words(most).refine(s => s.trim() !== '', '不能为空')

export const Id = z.uuid('编号格式不对')

/** A moment in: ISO 8601 with an offset; out: UTC. */
export const MomentField = z.iso
  .datetime({ offset: true, abort: true, message: '时间须为带时区的 ISO 8601 格式' })
  .refine(s => s >= '1990' && s < '2200', '时间超出可用范围')
  .transform((s): Moment => new Date(s).toISOString())

/** A count of people: a whole number, or null where nobody has said. */
export const Count = z.int('须为整数，不详请留空').min(0, '不能小于 0').max(100_000_000, '数字过大').nullable()

/** Money or other measures. */
export const Amount = z.number('须为数字').min(0, '不能小于 0').max(1e12, '数字过大')

export const Username = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, '用户名格式不对')
export const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, '代号格式不对')
