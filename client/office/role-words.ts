import type { Role } from '@duty/shared/kernel/kind.ts'

/** What a role is called. */
export const ROLE_WORDS: Record<Exclude<Role, 'wall'>, string> = {
  officer: '值班员',
  chief: '值班长',
  lead: '带班领导',
  leader: '市领导',
  liaison: '单位联络员',
  auditor: '审计员',
  admin: '管理员',
}

/** The roles in words. */
export const rolesWords = (roles: readonly Role[]) => roles.map(r => (r === 'wall' ? '大屏' : ROLE_WORDS[r])).join('、')
