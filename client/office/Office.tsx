import type { Role } from '@duty/shared/kernel/kind.ts'
import { useState, type ReactNode } from 'react'
import { Guard } from '../parts/Guard.tsx'
import { LinkLamp } from '../parts/LinkLamp.tsx'
import { Problem } from '../sync/command.ts'
import { signOut } from '../sync/session.ts'
import { useRoom, type Me } from '../sync/store.ts'
import { Accounts } from './Accounts.tsx'
import { Audit } from './Audit.tsx'
import { Keys, Screens } from './Bearers.tsx'
import { DutyLog } from './DutyLog.tsx'
import { Incidents } from './Incidents.tsx'
import { Instructions } from './Instructions.tsx'
import { Reference } from './Reference.tsx'
import { Roster } from './Roster.tsx'
import { useRoute } from './route.ts'
import './office.css'

interface Section {
  path: string
  name: string
  by: readonly Role[]
  show(me: Me, id: string | undefined): ReactNode
}

const ROOM: readonly Role[] = ['officer', 'chief', 'lead']
const EVERYBODY: readonly Role[] = [...ROOM, 'leader', 'liaison', 'auditor', 'admin']

/** The lists of the office and who is offered them; what one may see the server decides. */
const SECTIONS: Section[] = [
  { path: 'incidents', name: '事件', by: [...ROOM, 'leader', 'liaison', 'auditor'], show: (_me, id) => <Incidents id={id} /> },
  { path: 'instructions', name: '指示批示', by: [...ROOM, 'leader', 'liaison', 'auditor'], show: (_me, id) => <Instructions id={id} /> },
  { path: 'duty-log', name: '值班日志', by: [...ROOM, 'auditor'], show: () => <DutyLog /> },
  { path: 'roster', name: '值班表', by: [...ROOM, 'admin', 'auditor'], show: me => <Roster me={me} /> },
  { path: 'audit', name: '记录校验', by: [...ROOM, 'auditor'], show: me => <Audit me={me} /> },
  { path: 'accounts', name: '账号', by: ['admin', 'auditor'], show: me => <Accounts me={me} /> },
  { path: 'screens', name: '大屏', by: ['admin'], show: () => <Screens /> },
  { path: 'keys', name: '密钥', by: ['admin'], show: () => <Keys /> },
  { path: 'reference', name: '参考表', by: EVERYBODY, show: () => <Reference /> },
]

/** 后台: plain lists. */
export default function Office() {
  const me = useRoom(room => room.me)
  const [path, id] = useRoute()
  const [no, setNo] = useState<string | null>(null)
  if (!me) return null
  const offered = SECTIONS.filter(s => s.by.some(r => me.roles.includes(r)))
  const section = offered.find(s => s.path === path) ?? offered[0]
  const leave = () =>
    signOut().catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      setNo(error.detail)
    })
  return (
    <div className="office" data-screen="office">
      <header>
        <strong>总值班室后台</strong>
        <LinkLamp />
        <span className="who">
          {me.name} {me.title}
        </span>
        <button type="button" onClick={() => void leave()}>
          退出登录
        </button>
        {no && <span role="alert">{no}</span>}
      </header>
      <nav aria-label="栏目">
        <ul>
          {offered.map(s => (
            <li key={s.path}>
              <a href={`#/${s.path}`} aria-current={s === section ? 'page' : undefined}>
                {s.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main>
        <h1>{section?.name ?? '没有可用的栏目'}</h1>
        {section && (
          <Guard key={section.path} name={section.name}>
            {section.show(me, id)}
          </Guard>
        )}
      </main>
    </div>
  )
}
